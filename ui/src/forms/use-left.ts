import { useIsMutating } from "@tanstack/react-query";
import type { RecordId } from "../generated/RecordId";
import type { ScratchRow } from "../generated/ScratchRow";
import { useCommand, useQueryOf } from "../host/use-command";
import { readTyping, type Typing } from "./kept";
import { taskName, type Task } from "./task";
import { useAsOpened } from "./use-as-opened";

/** The name of what is on its way from a form: typing that is being kept, or is becoming a record. */
export function wayOf(patient: RecordId, subject: string): readonly string[] {
  return ["on its way", patient, subject];
}

/** What was left in a form, as it was when the form was opened. */
export interface Left {
  row: ScratchRow | null;
}

/**
 * What was left in this task; null until it is known. Whoever opens a form again before the answer to what was sent
 * from it waits for that answer: by then the typing is either a record and forgotten, or still kept.
 */
export function useLeft(patient: RecordId, task: Task): Left | null {
  const subject = taskName(task);
  const known = useQueryOf("scratches", {});
  const mutationKey = wayOf(patient, subject);
  const onItsWay = useIsMutating({ mutationKey, exact: true }) > 0;
  const row = known.data?.rows.find((each) => each.patient === patient && each.subject === subject);
  const left = known.isLoading || onItsWay ? null : { row: row ?? null };
  return useAsOpened(`${patient} ${subject}`, left);
}

/** Throws away what was left in a form that is not drawn; null where nothing was. */
export function useThrowAway(patient: RecordId, task: Task, left: Left | null): (() => void) | null {
  const scratch = useCommand("keep_scratch");
  return left?.row ? () => scratch.mutate({ patient, subject: taskName(task), text: "" }) : null;
}

/** Typing that was left, and when it was typed, in milliseconds since 1970. */
export interface KeptTyping<Values> {
  typing: Typing<Values>;
  at: number;
}

/** The typing that was left in a form which begins with `blank`; null where there is none that can be read. */
export function keptIn<Values extends object>({ row }: Left, blank: Values): KeptTyping<Values> | null {
  const typing = row && readTyping(row.text, blank);
  return typing ? { typing, at: row.at } : null;
}

/** The same for a form of one text, which is kept as plain words. */
export function keptText<Name extends string>(
  { row }: Left,
  name: Name,
): KeptTyping<Record<Name, string>> | null {
  if (!row) return null;
  const holding = (text: string) => ({ [name]: text }) as Record<Name, string>;
  return {
    typing: { seen: { version: null }, before: holding(""), values: holding(row.text), unread: {} },
    at: row.at,
  };
}
