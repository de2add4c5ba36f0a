import { useEffect } from "react";
import type { Status } from "../generated/commands";
import { Refused } from "../host/host";
import { useQueryOf } from "../host/use-command";
import { useAsOpened } from "./use-as-opened";

const SHORT = new Refused("disk_full");
const BEHIND = new Refused("store_behind");

/** While forms are barred this computer is asked so often whether they still are, in milliseconds: nothing tells of it. */
const AGAIN_MS = 10_000;

/** Whether forms may be begun at this computer now. */
export interface Barring {
  /** It is known, or cannot be. */
  answered: boolean;
  /** Why none may: what is typed could not be kept, or what is written could not be told from what is missing. */
  why: Refused | null;
  /** Asks once more. */
  again: () => void;
}

/** Whether forms may be begun now; it is asked again by itself until they may. */
export function useBarring(): Barring {
  const { data, error, refetch } = useQueryOf("status", {});
  const why = reason(data);
  const again = () => void refetch();
  useEffect(() => {
    if (!why) return undefined;
    const timer = setInterval(() => void refetch(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [why, refetch]);
  return { answered: data !== undefined || error !== null, why, again };
}

/** Why this form may not be begun now. Once begun it stays; null where it may, or nobody knows yet. */
export function useBarred(): Refused | null {
  const { answered, why } = useBarring();
  const begun = useAsOpened("begun", answered && !why ? {} : null);
  return begun ? null : why;
}

function reason(status: Status | undefined): Refused | null {
  if (!status) return null;
  if (status.missing > 0) return BEHIND;
  return status.disk_short ? SHORT : null;
}
