import type { UnreadDates } from "../../../i18n/unread-dates";
import type { Values } from "./specs";

/** What a form was about when it was opened, and what was typed since. */
export interface Draft {
  /** The version of the record that was seen; null for a new one. */
  version: number | null;
  before: Values;
  values: Values;
  unread?: UnreadDates;
}

/** The draft as scratch keeps it. */
export function draftText(draft: Draft): string {
  return JSON.stringify(draft);
}

/** The draft of a text that scratch kept; null when another form wrote it. */
export function readDraft(text: string): Draft | null {
  try {
    const draft = JSON.parse(text) as Draft;
    return typeof draft.values === "object" && typeof draft.before === "object" ? draft : null;
  } catch {
    return null;
  }
}
