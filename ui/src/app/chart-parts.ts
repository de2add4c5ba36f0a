import type { TaskKind } from "../forms/task";
import { AgreeTask } from "../features/dental/AgreeTask";
import { ExamTask } from "../features/dental/ExamTask";
import { MarkTask } from "../features/dental/MarkTask";
import { TreatmentTask } from "../features/dental/TreatmentTask";
import { EyePart } from "./EyePart";
import { FormTask } from "../features/forms/FormTask";
import { ChartTeeth } from "./dental-screens";
import { ChartFiles } from "./file-screens";
import { AttachmentTask } from "../features/files/AttachmentTask";
import { FileTask } from "../features/files/FileTask";
import { AllergyTask } from "../features/patients/claims/AllergyTask";
import { ClaimTask } from "../features/patients/claims/ClaimTask";
import { ConsentTask } from "../features/patients/consent/ConsentTask";
import { HistoryTask } from "../features/patients/history/HistoryTask";
import type { ClaimKind } from "../records/kind";
import { CLAIM_KINDS } from "../records/kinds";
import type { ChartTab, ChartTasks } from "../records/parts";
import { KIND_TABS } from "../features/patients/chart/tabs";
import { WhoLooked } from "../features/patients/chart/WhoLooked";
import { Timeline } from "../features/patients/timeline/Timeline";
import { AddendumTask } from "../features/visits/note/AddendumForm";
import { NoteTask } from "../features/visits/note/NoteTask";
import { WithdrawNote } from "../features/visits/note/WithdrawNote";
import { VisitsTab } from "../features/visits/tab/VisitsTab";
import { VisitTask } from "../features/visits/VisitTask";
import { VitalsTab } from "../features/visits/vitals/VitalsTab";
import { WithdrawVitals } from "../features/visits/vitals/WithdrawTask";

/** The tabs of a chart from left to right; each feature adds its own by a line. */
export const CHART_TABS: readonly ChartTab[] = [
  { name: "timeline", show: Timeline, cards: true },
  { name: "visits", show: VisitsTab },
  { name: "vitals", show: VitalsTab },
  { name: "dental", show: ChartTeeth },
  { name: "eye", show: EyePart },
  ...KIND_TABS,
  { name: "documents", show: ChartFiles },
  { name: "who_looked", show: WhoLooked, needs: "access.read" },
];

/** The forms of the chart's task pane; each feature adds its own by a line. */
export const CHART_TASKS: ChartTasks = {
  allergies: AllergyTask,
  ...(Object.fromEntries(CLAIM_KINDS.map((kind) => [kind, ClaimTask])) as Record<
    ClaimKind,
    typeof ClaimTask
  >),
  history: HistoryTask,
  file: FileTask,
  attachment: AttachmentTask,
  consent: ConsentTask,
  note: NoteTask,
  addendum: AddendumTask,
  visit: VisitTask,
  vital: WithdrawVitals,
  withdraw: WithdrawNote,
  mark: MarkTask,
  exam: ExamTask,
  treatment: TreatmentTask,
  agree: AgreeTask,
  form: FormTask,
};

/** The tasks of who may not read the chart. */
export const UNREAD_TASKS: readonly TaskKind[] = ["visit", "consent", "attachment"];
