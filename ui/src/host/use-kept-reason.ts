import { useRef, useState } from "react";
import { useKeptForm, type KeptForm, type Typing } from "./use-kept-form";
import type { Left } from "./use-left";

/** A reason that is asked for, and kept while it is typed. */
export interface KeptReason extends Omit<KeptForm, "send"> {
  text: string;
  set: (text: string) => void;
  /** It was asked for and is not there. */
  missing: boolean;
  /** Sends it by `act`, or says that it is missing. */
  send: <Answer>(act: (reason: string) => Promise<Answer>, done: (answer: Answer) => void) => void;
}

interface Asked extends Pick<Typing, "fields" | "patient" | "subject" | "busy" | "onClose"> {
  /** The reason that was left here. */
  left: Left;
}

/** Keeps the reason for an act while it is typed. */
export function useKeptReason({ left: { row }, ...asked }: Asked): KeptReason {
  const [text, setText] = useState(row?.text ?? "");
  const [missing, setMissing] = useState(false);
  // An act of several steps is on its way between them, too.
  const acting = useRef(false);
  const [between, setBetween] = useState(false);
  const busy = asked.busy || between;
  const touched = text.trim() !== "";
  const form = useKeptForm({ ...asked, busy, text, touched, left: row?.at ?? null });
  return {
    ...form,
    text,
    set: (typed) => {
      setText(typed);
      setMissing(false);
    },
    missing,
    send: (act, done) => {
      if (acting.current) return;
      setMissing(!touched);
      if (!touched) return asked.fields.current?.querySelector("textarea")?.focus();
      acting.current = true;
      setBetween(true);
      const acted = act(text.trim()).finally(() => {
        acting.current = false;
        setBetween(false);
      });
      form.send(acted, done);
    },
  };
}
