import { useEffect, type RefObject } from "react";
import type { RecordId } from "../generated/RecordId";
import type { Refused } from "./host";
import { useSince } from "./use-since";
import { useScratch, type Scratch } from "./use-scratch";

/** What is typed into a form. */
export interface Typing {
  /** Holds the fields: the keys begin in the first of them. */
  fields: RefObject<HTMLDivElement | null>;
  patient: RecordId;
  /** The name under which it is kept. */
  subject: string;
  /** What is typed, as it is kept. */
  text: string;
  /** It differs from what the form begins with where nothing was left in it. */
  touched: boolean;
  /** When it was typed that the form goes on from, in milliseconds since 1970; null where it begins anew. */
  left: number | null;
  /** The command that makes it a record is on its way. */
  busy: boolean;
  onClose: () => void;
  /** The form chooses by itself where its keys begin. */
  ownFocus?: boolean;
}

/** A form whose typing is kept until it is a record. */
export interface KeptForm extends Scratch {
  touched: boolean;
  busy: boolean;
  /** When it was typed that the form goes on from, in milliseconds since 1970; null where that is gone. */
  since: number | null;
  /** Forgets the typing once the command is answered; `done` is called unless the form was left before that. */
  send: <Answer>(
    command: Promise<Answer>,
    done: (answer: Answer) => void,
    refused?: (refusal: Refused) => void,
  ) => void;
  throwAway: () => void;
}

/** Keeps what is typed into a form, sends it, or throws it away. */
export function useKeptForm(typing: Typing): KeptForm {
  const { fields, patient, subject, text, touched, left, busy, onClose, ownFocus = false } = typing;
  const since = useSince(left, touched);
  const scratch = useScratch(patient, subject, text, touched, left !== null, busy);
  useEffect(() => {
    if (!ownFocus) fields.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, [fields, ownFocus]);
  return {
    ...scratch,
    touched,
    busy,
    since,
    send: (command, done, refused = () => undefined) => {
      const written = (answer: Parameters<typeof done>[0]) => {
        scratch.forget();
        if (fields.current) done(answer);
      };
      scratch.until(command.then(written, refused));
    },
    throwAway: () => {
      scratch.forget();
      onClose();
    },
  };
}
