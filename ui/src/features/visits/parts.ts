import type { RecordId } from "../../generated/RecordId";

/** What a tab of the chart is given by the chart. */
export interface TabProps {
  patient: RecordId;
  /** The form in the task pane. */
  task: string | null;
  /** Opens a form in the task pane, or closes the pane. */
  onTask: (task: string | null) => void;
}

/** What a form of the task pane is given by the chart. */
export interface TaskProps {
  patient: RecordId;
  /** The task's whole name: the address and the kept typing know it by this. */
  task: string;
  onTask: (task: string | null) => void;
}

/** The task of a visit that is to be started, at the desk. */
export const START = "start";

/** The task that withdraws an open note of a visit. */
export function withdrawTask(visit: RecordId, note: RecordId): string {
  return `withdraw ${visit} ${note}`;
}

/** The task of a visit's note: the one being written, or one that is named. */
export function noteTask(visit: RecordId, note?: RecordId): string {
  return note ? `note ${visit} ${note}` : `note ${visit}`;
}
