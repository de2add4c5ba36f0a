import { claimKinds } from "../generated/commands";
import type { RecordId } from "../generated/RecordId";

/** The ids that a task names, in the order of its stored name; `?` marks one that may be missing. */
const CLAIM = { add: [], edit: ["id"], withdraw: ["id"] } as const;

function claims(): Record<(typeof claimKinds)[number], typeof CLAIM> {
  return Object.fromEntries(claimKinds.map((kind) => [kind, CLAIM])) as ReturnType<typeof claims>;
}

/**
 * Every task there is: what it is of, the acts upon that (`""` for the one that needs no word), and the ids that it
 * names. A new form begins with its line here; the compiler then asks for its words, its route, its form and its tests.
 */
const TASKS = {
  allergies: { "": [] },
  history: { "": ["record"] },
  ...claims(),
  consent: { "": [] },
  visit: { "": ["visit"] },
  note: { "": ["visit", "note?"] },
  addendum: { "": ["visit", "note"], withdraw: ["note", "addendum"] },
  withdraw: { "": ["visit", "note"] },
  vitals: { "": [] },
  findings: { "": [] },
  mark: { edit: ["record", "tooth"], withdraw: ["record", "tooth"] },
  exam: { withdraw: ["record", "tooth"] },
  treatment: { add: [], edit: ["record"], step: ["record"], withdraw: ["record", "tooth?"] },
  agree: { "": [] },
  form: { "": ["form", "visit?"], withdraw: ["filled"], amend: ["filled"], retract: ["filled", "addendum"] },
  vital: { "": ["record"] },
  details: { "": [], withdraw: [] },
  register: { "": ["key"] },
  file: { "": ["file"] },
  attachment: { add: [], edit: ["file"], move: ["file"], withdraw: ["file"] },
  certificate: {
    add: [],
    edit: ["certificate"],
    extend: ["certificate"],
    replace: ["certificate"],
    return: ["certificate"],
    reject: ["certificate"],
    revoke: ["certificate"],
  },
} as const;

type Tasks = typeof TASKS;
type Ids<Names extends readonly string[]> = {
  [Name in Names[number] as Name extends `${string}?` ? never : Name]: RecordId;
} & { [Name in Names[number] as Name extends `${infer Plain}?` ? Plain : never]?: RecordId };
type Acts<Of extends TaskKind> = {
  [Act in keyof Tasks[Of]]: { of: Of } & (Act extends "" ? { act?: undefined } : { act: Act }) &
    Ids<Tasks[Of][Act] extends readonly string[] ? Tasks[Of][Act] : []>;
}[keyof Tasks[Of]];

/** What a task is of. */
export type TaskKind = keyof Tasks;
/** The tasks of one kind. */
export type TaskOf<Kind extends TaskKind> = { [Of in Kind]: Acts<Of> }[Kind];
/** What a person does in a form: the address, the task pane and the kept typing know it by this. */
export type Task = TaskOf<TaskKind>;

/** A task as the address and the kept typing name it: `allergy.edit.ID`, `note VISIT NOTE`. */
export function taskName({ of, act, ...ids }: Task): string {
  const named = act ? [of, act] : [of];
  const all: Record<string, readonly string[]> = TASKS[of];
  const parts = (all[act ?? ""] ?? []).map((id) => (ids as Record<string, string>)[plain(id)]);
  // The store forgets the typing of a note and of a form by its name when it is written (`scratch::of_note`).
  return [...named, ...parts.filter(Boolean)].join(act ? "." : " ");
}

/** The task of a stored name; null where none has it. */
export function readTask(name: string): Task | null {
  // What is named behind a space may have points of its own, as a form has: `form eye.pressure VISIT`.
  const [of = "", ...rest] = name.split(name.includes(" ") ? " " : ".");
  if (!Object.hasOwn(TASKS, of)) return null;
  const acts: Record<string, readonly string[]> = TASKS[of as TaskKind];
  const act = rest[0] !== undefined && rest[0] !== "" && Object.hasOwn(acts, rest[0]) ? rest[0] : "";
  const ids = act ? rest.slice(1) : rest;
  const names = acts[act];
  if (!names || names.some((id, at) => !ids[at] && !id.endsWith("?"))) return null;
  const named = Object.fromEntries(ids.map((id, at) => [plain(names[at] ?? ""), id]));
  const task = { of, ...(act ? { act } : {}), ...named } as unknown as Task;
  // A name that would be written otherwise is of something else.
  return taskName(task) === name ? task : null;
}

function plain(id: string): string {
  return id.replace("?", "");
}

/** The kinds of task in which nothing is typed. */
export type ReadKind = "allergies" | "history" | "file";

/** Each form whose typing is kept, by what its task is of and the act upon it. */
export type FormName = {
  [Of in Exclude<TaskKind, ReadKind>]: {
    [Act in keyof Tasks[Of]]: Act extends "" ? Of : `${Of}.${Act & string}`;
  }[keyof Tasks[Of]];
}[Exclude<TaskKind, ReadKind>];
