import type { TaskOf } from "../../../forms/task";
import type { Left } from "../../../host/use-left";
import type { UnreadDates } from "../../../i18n/unread-dates";
import type { Values } from "./values";

/** A form's typing as scratch keeps it: the version that was seen, what it said, and what was typed since. */
export interface Kept {
  version: number | null;
  visit: string | null;
  before: Values;
  values: Values;
  unread?: UnreadDates;
}

/** What a new certificate is to be besides itself. */
export interface Origin {
  /** The certificate that it extends. */
  extends?: string | undefined;
  /** The certificate whose place it takes. */
  replaces?: string | undefined;
}

/** The task of a new certificate. */
export function newTask(origin: Origin): TaskOf<"certificate"> {
  if (origin.extends) return { of: "certificate", act: "extend", certificate: origin.extends };
  if (origin.replaces) return { of: "certificate", act: "replace", certificate: origin.replaces };
  return { of: "certificate", act: "add" };
}

/** The typing that was left; null when there is none that can be read. */
export function keptTyping({ row }: Left): Kept | null {
  try {
    const kept = JSON.parse(row?.text ?? "null") as Kept | null;
    return typeof kept?.values === "object" && typeof kept.before === "object" ? kept : null;
  } catch {
    return null;
  }
}
