import type { FunctionComponent } from "react";
import type { Permission } from "../generated/Permission";
import type { RecordId } from "../generated/RecordId";
import type { Task, TaskKind, TaskOf } from "../forms/task";
import type { en } from "../i18n/en";
import type { CardCommand, ClaimKind } from "./kind";

/** A tab of the chart with words of its own. */
export type OwnTab = keyof (typeof en)["patients"]["tab"];
/** A tab of the chart: one of these, or that of a kind, which is named like its card. */
export type TabName = OwnTab | CardCommand;

/** Opens a task, or closes the one in hand. */
export type OnTask = (task: Task | null) => void;

/** What was saved from a task, so that it can be told where it stands. */
export interface Saved {
  what: string;
  conflict: boolean;
}

/** What a part of a chart is given. */
export interface TabProps {
  patient: RecordId;
  /** The task in the task pane. */
  task: Task | null;
  onTask: OnTask;
}

interface TaskFrame {
  patient: RecordId;
  onTask: OnTask;
  onSaved: (saved: Saved) => void;
}

/** What a form of the task pane is given. */
export type TaskProps<Kind extends TaskKind> = TaskFrame & { task: TaskOf<Kind> };

/** A tab of the chart. A feature adds its own by one line in the app. */
export interface ChartTab {
  name: TabName;
  /** Whose card it is, where it shows a kind. */
  kind?: ClaimKind;
  /** Only shown to who may do this. */
  needs?: Permission;
  show: FunctionComponent<TabProps & { kind?: ClaimKind | undefined }>;
  /** The cards of what matters now stand beside it. */
  cards?: true;
}

/** The kinds of task that have a place of their own beside the task pane of the chart. */
type Elsewhere = "vitals" | "findings" | "details" | "register" | "certificate";

/** The forms of the task pane, by what their task is of. */
export type ChartTasks = Readonly<{
  [Kind in Exclude<TaskKind, Elsewhere>]: FunctionComponent<TaskProps<Kind>>;
}>;

/** The same, to be asked for the form of any task. */
export type AnyTask = Readonly<Partial<Record<TaskKind, FunctionComponent<TaskProps<TaskKind>>>>>;
