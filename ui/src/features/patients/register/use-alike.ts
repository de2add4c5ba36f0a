import { useEffect, useState } from "react";
import type { Alike } from "../../../generated/Alike";
import type { Patient } from "../../../generated/Patient";
import { useQueryOf } from "../../../host/use-command";
import { tidied } from "./changes";

/** Typing pauses this long before it is compared. */
const PAUSE_MS = 250;

/** From this score on somebody is asked once before a second registration. */
export const STRONG = 80;

/** What of a person's details tells whether they are here already. */
export function telling(details: Patient): Patient {
  const { family, given, middle, birth_date, sex, identifiers, contacts } = tidied(details);
  return tidied({ family, given, middle, birth_date, sex, identifiers, contacts } as Patient);
}

/** Who may be the one being typed. */
interface Alikes {
  people: readonly Alike[];
  /** What was typed has been compared with everybody. */
  compared: boolean;
}

/** The registered people who may be the one being typed, most alike first, as the typing goes on. */
export function useAlike(details: Patient): Alikes {
  const typed = JSON.stringify(telling(details));
  const [asked, setAsked] = useState(typed);
  useEffect(() => {
    const pause = setTimeout(() => setAsked(typed), PAUSE_MS);
    return () => clearTimeout(pause);
  }, [typed]);
  const what = JSON.parse(asked) as Patient;
  const enough =
    [what.family, what.given].join("").length >= 3 || Boolean(what.identifiers) || Boolean(what.contacts);
  const alike = useQueryOf("similar_patients", { details: what }, { enabled: enough, keepLast: true });
  return {
    people: enough ? (alike.data?.people ?? []) : [],
    compared: enough && alike.isSuccess && !alike.isPlaceholderData && asked === typed,
  };
}
