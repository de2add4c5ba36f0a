import { readyToLeave } from "../host/leaving";
import { useCommand } from "../host/use-command";

/** The two ways to leave the desk: the screen locks over what is there, or the records close. */
export function useLeave() {
  const lock = useCommand("lock");
  const signOut = useCommand("sign_out");
  // Behind the lock nothing can be kept any more: what was typed last goes first.
  return {
    lock: () => void readyToLeave().then(() => lock.mutate({})),
    signOut: () => void readyToLeave().then(() => signOut.mutate({})),
    /** Why the desk could not be left, to be told: the screen is still open. */
    refused: lock.error ?? signOut.error,
  };
}
