import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { RecordId } from "../generated/RecordId";
import { beforeLeaving } from "../host/leaving";
import { useCommand } from "../host/use-command";
import { wayOf } from "./use-left";

/** What is typed is kept no later than this after the first key that was not: a kill costs no more. */
const DELAY_MS = 1000;

/** Where the typing of a form is kept until it becomes a record. */
export interface Scratch {
  /** When the typing was kept last, `10:32`; null before. */
  keptAt: string | null;
  /** Forgets it, also once the form is gone: it became a record, or was thrown away. */
  forget: () => void;
  /** What was typed is on its way until `done`: whoever opens the form again waits for it. */
  until: (done: Promise<unknown>) => void;
}

/**
 * Keeps `text` while it is typed, so that it survives a kill, a lock and a change of user. Nothing is kept while
 * `touched` is false, and what was kept is forgotten once it is typed back; `restored` says that the form began with
 * kept typing. What was typed last is kept when a field, the form or the desk is left, too. While the command that
 * makes it a record is `busy`, only leaving keeps it: the command may be refused when nobody is here any more. What is
 * kept is forgotten after the record is written and never before, so that a kill at no moment loses what was not saved.
 */
export function useScratch(
  patient: RecordId,
  subject: string,
  text: string,
  touched: boolean,
  restored: boolean,
  busy = false,
): Scratch {
  const { mutateAsync } = useCommand("keep_scratch");
  const cache = useQueryClient();
  const [keptAt, setKeptAt] = useState<string | null>(null);
  const over = useRef(false);
  const held = useRef(restored ? text : "");
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const until = (done: Promise<unknown>) => {
    const settled = done.catch(() => undefined).then(() => last.current);
    const mutationKey = wayOf(patient, subject);
    void cache
      .getMutationCache()
      .build(cache, { mutationKey, mutationFn: () => settled, gcTime: 1000 })
      .execute({});
  };
  // A refusal is not told: what could not be kept still stands in the form, and its saving tells.
  const keep = useEffectEvent(async (leaving: boolean) => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const words = touched ? text : "";
    if (over.current || words === held.current || (busy && !leaving)) return;
    held.current = words;
    last.current = mutateAsync({ patient, subject, text: words }).then(
      (kept) => setKeptAt(kept.time),
      () => (held.current = ""),
    );
    await last.current;
  });
  const gone = useEffectEvent(() => until(keep(true)));
  useEffect(() => {
    // Typing that never pauses is kept all the same.
    timer.current ??= setTimeout(() => void keep(false), DELAY_MS);
  }, [text, busy]);
  useEffect(() => {
    const now = () => void keep(false);
    const leave = () => keep(true);
    const stayed = beforeLeaving(leave);
    document.addEventListener("focusout", now);
    return () => {
      document.removeEventListener("focusout", now);
      stayed();
      gone();
    };
  }, []);
  return {
    keptAt: touched ? keptAt : null,
    forget: () => {
      if (over.current) return;
      over.current = true;
      // What is still on its way to be kept must not come after.
      last.current = last.current
        .then(() => mutateAsync({ patient, subject, text: "" }))
        .catch(() => undefined);
      until(last.current);
    },
    until,
  };
}
