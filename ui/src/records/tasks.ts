import type { TFunction } from "i18next";
import type { ScratchRow } from "../generated/ScratchRow";
import { changesOf } from "../forms/changes";
import { readTyping, typedFields } from "../forms/kept";
import { readTask, taskName, type ReadKind, type Task, type TaskKind, type TaskOf } from "../forms/task";
import type { ClaimKind } from "./kind";
import { CLAIM_KINDS } from "./kinds";
import { fieldWord } from "./words";

/** The kinds of task whose typing is kept. */
export type KeptKind = Exclude<TaskKind, ReadKind>;

/** What everybody must know of a task who tells of typing that was left in it. */
interface About<Kind extends TaskKind> {
  /** What the typing was to become, in the words of its form. */
  words: (t: TFunction, task: TaskOf<Kind>) => string;
  /** The address at which it goes on; the task pane of the chart unless it is said here. */
  place?: (task: TaskOf<Kind>, patient: string) => Place;
  /** How it begins, to know it again; the first words of it unless it is said here. */
  begins?: (t: TFunction, text: string) => string;
}

const CLAIM: About<ClaimKind> = {
  words: (t, { of, act }) => t(`record.${of}.${act === "edit" ? "one" : act}`),
};

/** Each kind of task with its words, its place and its beginning. */
const ABOUT: { [Kind in KeptKind]: About<Kind> } = {
  ...(Object.fromEntries(CLAIM_KINDS.map((kind) => [kind, CLAIM])) as { [K in ClaimKind]: About<K> }),
  consent: { words: (t) => t("consent.title") },
  visit: { words: (t) => t("visits.change_title") },
  note: { words: (t) => t("visits.note.title") },
  addendum: { words: (t, { act }) => t(act ? "addenda.withdraw.title" : "today.subject.addendum") },
  withdraw: { words: (t) => t("visits.note.withdraw_title") },
  vitals: {
    words: (t) => t("patients.tab.vitals"),
    place: (_, patient) => ({ to: "/patients/$patient", params: { patient }, search: { tab: "vitals" } }),
    begins: () => "",
  },
  vital: { words: (t) => t("vitals.withdraw_title") },
  findings: {
    words: (t) => t("dental.entry.title"),
    place: (_, patient) => ({ to: "/patients/$patient", params: { patient }, search: { tab: "dental" } }),
    begins: (_, text) => firstWords(text, ["calls", "line"]),
  },
  mark: { words: (t, { act }) => t(act === "edit" ? "dental.mark.title" : "dental.mark.withdraw") },
  exam: { words: (t) => t("dental.exam.withdraw") },
  treatment: { words: (t, { act }) => t(`dental.treatment.${act}`) },
  agree: { words: (t) => t("dental.agreement.title") },
  form: {
    words: (t, { act }) => t(`forms.task.${act ?? "fill"}`),
    place: (task, patient) => ({
      to: "/patients/$patient",
      params: { patient },
      search: {
        tab: "form" in task && task.form.startsWith("dental.") ? "dental" : "eye",
        task: taskName(task),
      },
    }),
    // Numbers say nothing without their place.
    begins: () => "",
  },
  details: {
    words: (t, { act }) => t(act ? "patients.withdraw_patient" : "patients.edit_details"),
    place: ({ act }, patient) => ({
      to: "/patients/$patient/details",
      params: { patient },
      search: act ? { withdraw: true } : {},
    }),
    begins: (t, text) => changedFields(t, text) ?? firstWords(text),
  },
  register: {
    words: (t) => t("patients.register_title"),
    place: ({ key }) => ({ to: "/patients/new", search: { left: key } }),
  },
  attachment: {
    words: (t, { act }) => t(`files.${act}.title`),
    place: (task, patient) => documents(task, patient),
    begins: (_, text) => firstTitle(text),
  },
  certificate: {
    words: (t, { act }) =>
      act === "return" || act === "reject" || act === "revoke"
        ? t(`certificates.${act}.title`)
        : t("certificates.one"),
    place: (task, patient) => {
      const { act } = task;
      if (act !== "add" && act !== "extend" && act !== "replace") {
        const search = act === "edit" ? {} : { step: act };
        return { to: "/certificates/$certificate", params: { certificate: task.certificate }, search };
      }
      const search =
        act === "add"
          ? {}
          : act === "extend"
            ? { extends: task.certificate }
            : { replaces: task.certificate };
      return { to: "/patients/$patient/certificates/new", params: { patient }, search };
    },
    // Its other values are ids and days.
    begins: (_, text) => firstWords(text, ["text", "reason"]),
  },
};

/** An address at which a task goes on. */
export type Place =
  | {
      to: "/patients/$patient";
      params: { patient: string };
      search: { tab?: "vitals" | "dental" | "eye" | "documents"; task?: string };
    }
  | { to: "/patients/new"; search: { left: string } }
  | { to: "/patients/$patient/details"; params: { patient: string }; search: { withdraw?: true } }
  | {
      to: "/patients/$patient/certificates/new";
      params: { patient: string };
      search: { extends?: string; replaces?: string };
    }
  | { to: "/certificates/$certificate"; params: { certificate: string }; search: { step?: string } };

/** A file is looked at, and its forms are filled in, in the tab of the documents. */
function documents(task: Task, patient: string): Place {
  const search = { tab: "documents", task: taskName(task) } as const;
  return { to: "/patients/$patient", params: { patient }, search };
}

/** Typing that was left, and of what it is; null where no task of today has its name. */
export interface LeftTyping {
  row: ScratchRow;
  task: TaskOf<KeptKind> | null;
}

/** What a row of kept typing is of. */
export function leftTyping(row: ScratchRow): LeftTyping {
  const task = readTask(row.subject);
  return { row, task: task && isKept(task) ? task : null };
}

function isKept(task: Task): task is TaskOf<KeptKind> {
  return Object.hasOwn(ABOUT, task.of);
}

function about<Kind extends KeptKind>({ of }: { of: Kind }): About<Kind> {
  return ABOUT[of];
}

/** What the typing in a task was to become. */
export function taskWords(t: TFunction, task: TaskOf<KeptKind>): string {
  return about(task).words(t, task as never);
}

/** Where a task of this patient goes on. */
export function taskPlace(task: Task, patient: string): Place {
  if (task.of === "file") return documents(task, patient);
  const special = isKept(task) ? about(task).place?.(task as never, patient) : undefined;
  return special ?? { to: "/patients/$patient", params: { patient }, search: { task: taskName(task) } };
}

/** How what was typed in a task begins. */
export function taskBegins(t: TFunction, task: TaskOf<KeptKind>, text: string): string {
  return about(task).begins?.(t, text) ?? firstWords(text);
}

/** The first words in the typing of a form, or in those of its fields that are named. */
function firstWords(text: string, names?: readonly string[]): string {
  const typed = typedFields(text);
  const values = names ? names.map((name) => typed[name]) : Object.values(typed);
  return String(values.find((value) => typeof value === "string" && value) ?? "");
}

/** The first title that was typed of files which wait to be added, else the first words. */
function firstTitle(text: string): string {
  const { files } = typedFields(text);
  if (typeof files !== "object" || files === null) return firstWords(text, ["title", "reason", "note", "to"]);
  const titles = Object.values(files).map((file) => (file as { title?: unknown }).title);
  return String(titles.find((title) => typeof title === "string" && title) ?? "");
}

/** The fields of a person that were half changed; null where no form kept the text. */
function changedFields(t: TFunction, text: string): string | null {
  const typing = readTyping(text, {});
  if (!typing) return null;
  const paths = [...Object.keys(changesOf(typing.before, typing.values)), ...Object.keys(typing.unread)];
  return [...new Set(paths.map((path) => fieldWord(t, "patient", path)))].join(", ");
}
