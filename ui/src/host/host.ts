import type { Commands, Tag } from "../generated/commands";

/** The kinds of window, each with its own closed part of the command list. */
export type WindowKind = "main" | "lock" | "kiosk" | "display";

export type CommandName = keyof Commands;
export type InputOf<K extends CommandName> = Commands[K]["input"];
export type OutputOf<K extends CommandName> = Commands[K]["output"];

/** A folder that a person chose: what stands for it, and what it is called. */
export interface ChosenFolder {
  id: string;
  name: string;
}

/** What lies behind the page: the desktop window, the bridge, or a test's table of answers. */
export interface Host {
  /** The part of the command list that calls go to now: `lock` while there is no session, then `main`. */
  readonly window: WindowKind;
  /** Goes to another part of the list; the session's owner calls it at sign-in and at lock. */
  enter(window: WindowKind): void;
  /** Runs one command. Rejects with `Refused`, never with anything else. */
  call<K extends CommandName>(name: K, input: InputOf<K>): Promise<OutputOf<K>>;
  /** Hears which tags went stale by another hand; returns the way to stop listening. */
  onNews(listener: (tags: Tag[]) => void): () => void;
  /** Hears how many records are made again, and of how many, while a store opens that an older program has written. */
  onProgress(listener: (done: number, of: number) => void): () => void;
  /** The address of a picture or file that can be read once. */
  picture(id: string): string;
  /** Has the person choose where a file of this name is kept: the id of that place, once; null where they chose none. */
  choosePlace(name: string): Promise<string | null>;
  /** Has the person choose a folder or stick, whose id serves once; null where they chose none. */
  chooseFolder(): Promise<ChosenFolder | null>;
  /** Hands a file over as it is, with what it is called; the id by which a command files it. */
  bring(file: ArrayBuffer, name: string): Promise<string>;
  /** Hears which files were dropped on the window, where the web view keeps them to itself; returns the way to stop listening. */
  onDropped(listener: (files: File[]) => void): () => void;
  /** The files or the picture that the person pastes just now, where the web view keeps them to itself; else none. */
  pasted(): Promise<File[]>;
  /** Shows the board of the waiting room in a window of its own. Rejects where the system gives none. */
  openBoard(): Promise<void>;
  /** The certificate’s code in a file: a PDF, a picture, or the text itself. */
  codeIn(file: ArrayBuffer): Promise<Paper>;
}

/** What a file holds of a certificate: the text of its code and, of a PDF, its digest. */
export type Paper = InputOf<"verify_certificate">;

/** A refusal as it crosses the border: a code and its fields; the sentence is the screen's, by language. */
export class Refused extends Error {
  readonly code: string;
  readonly fields: Record<string, string | number>;

  constructor(code: string, fields: Record<string, string | number> = {}) {
    super(code);
    this.name = "Refused";
    this.code = code;
    this.fields = fields;
  }
}

/** Reads whatever a host rejected with; what is not a refusal becomes `host_unreachable`. */
export function asRefused(reason: unknown): Refused {
  if (reason instanceof Refused) return reason;
  if (typeof reason === "object" && reason !== null && "code" in reason && typeof reason.code === "string") {
    const fields = "fields" in reason && typeof reason.fields === "object" ? reason.fields : {};
    return new Refused(reason.code, (fields ?? {}) as Record<string, string | number>);
  }
  return new Refused("host_unreachable");
}
