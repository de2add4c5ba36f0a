import type { Patient } from "../../../generated/Patient";
import type { ScratchRow } from "../../../generated/ScratchRow";
import { taskName } from "../../../forms/task";
import type { UnreadDates } from "../../../i18n/unread-dates";

/** A person's details while they are typed: the record that was seen, and what is typed. */
export interface DetailsDraft {
  /** The version of the record that was seen; null for who is not registered yet. */
  version: number | null;
  before: Patient;
  values: Patient;
  unread?: UnreadDates;
}

/** The task of changing a person's details. */
export const DETAILS = taskName({ of: "details" });

/** The task of withdrawing a registration. */
export const WITHDRAWAL = taskName({ of: "details", act: "withdraw" });

/** The name under which a registration is kept: whoever types it is whom it is kept for. */
export function registration(key: string): string {
  return taskName({ of: "register", key });
}

/** The draft as scratch keeps it. */
export function draftText(draft: DetailsDraft): string {
  return JSON.stringify(draft);
}

/** The draft that was left; null when there is none that can be read. */
export function keptDraft(row: ScratchRow | null): DetailsDraft | null {
  try {
    const draft = JSON.parse(row?.text ?? "{}") as Partial<DetailsDraft>;
    const { version = null, before, values, unread = {} } = draft;
    return before && values && typeof values === "object" ? { version, before, values, unread } : null;
  } catch {
    return null;
  }
}
