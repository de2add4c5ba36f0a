import { createContext, useContext } from "react";
import type { PersonLook } from "./person-look";

/** What can be done from anywhere at the desk, besides going somewhere. */
export interface DeskActs {
  lock: () => void;
  /** Closes the records; the next person starts at the door. */
  signOut: () => void;
  changePassword: () => void;
  /** The list of keys. */
  help: () => void;
  /** Colours and size of text, as this person chose them. */
  look: PersonLook;
}

/** Null outside the desk. */
export const DeskActsContext = createContext<DeskActs | null>(null);

/** The acts of the desk around this part, if it is at one. */
export function useDeskActs(): DeskActs | null {
  return useContext(DeskActsContext);
}
