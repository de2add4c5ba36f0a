import type { ComponentType, ReactNode } from "react";
import type { Permission } from "../../../generated/Permission";
import type { RecordId } from "../../../generated/RecordId";
import type { en } from "../../../i18n/en";

export type TabName = keyof (typeof en)["patients"]["tab"];

/** What was saved from a task, so that it can be told where it stands. */
export interface Saved {
  what: string;
  conflict: boolean;
}

/** What a part of a chart is given. */
export interface TabProps {
  patient: RecordId;
  /** The form in the task pane. */
  task: string | null;
  /** Opens a form in the task pane, or closes the pane. */
  onTask: (task: string | null) => void;
}

/** What a form of the task pane is given. */
export interface TaskProps {
  patient: RecordId;
  /** The task's whole name, `allergy.edit.ID`: the address and the kept typing know it by this. */
  task: string;
  /** Opens another form, or closes the pane. */
  onTask: (task: string | null) => void;
  onSaved: (saved: Saved) => void;
}

/** A tab of the chart. A feature adds its own by one line in the app. */
export interface ChartTab {
  name: TabName;
  /** Only shown to who may do this. */
  needs?: Permission;
  show: ComponentType<TabProps>;
  /** The cards of what matters now stand beside it. */
  cards?: true;
}

/** The forms of the task pane, by the first word of the task's name. */
export type ChartTasks = Readonly<Record<string, ComponentType<TaskProps>>>;

/** What can be done from the banner. */
export type BannerAct = (patient: RecordId) => ReactNode;
