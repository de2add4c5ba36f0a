import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { RecordId } from "../generated/RecordId";
import { useCommand } from "./use-command";

/** Typing waits this long for more before it is kept: a kill costs no more. */
const PAUSE_MS = 1000;

/** Where the typing of a form is kept until it becomes a record. */
export interface Scratch {
  /** When the typing was kept last, `10:32`; null before. */
  keptAt: string | null;
  /** Forgets it: it became a record, or was thrown away. */
  forget: () => void;
}

/**
 * Keeps `text` as it is typed, so that it survives a kill, a lock and a change of user. Nothing is kept while
 * `touched` is false, and what was kept is forgotten once it is typed back; `restored` says that the form began with
 * kept typing. What was typed last is kept when the form goes away, too.
 */
export function useScratch(
  patient: RecordId,
  subject: string,
  text: string,
  touched: boolean,
  restored: boolean,
): Scratch {
  const { mutate } = useCommand("keep_scratch");
  const [keptAt, setKeptAt] = useState<string | null>(null);
  const over = useRef(false);
  const held = useRef(restored);
  // A refusal is not told: what could not be kept still stands in the form, and its saving tells.
  const keep = useEffectEvent(() => {
    if (over.current || (!touched && !held.current)) return;
    held.current = touched;
    const words = touched ? text : "";
    mutate({ patient, subject, text: words }, { onSuccess: (kept) => setKeptAt(kept.time) });
  });
  useEffect(() => {
    const pause = setTimeout(() => keep(), PAUSE_MS);
    return () => clearTimeout(pause);
  }, [text]);
  useEffect(() => () => keep(), []);
  return {
    keptAt: touched ? keptAt : null,
    forget: () => {
      over.current = true;
      mutate({ patient, subject, text: "" });
    },
  };
}
