import type { Imported, ImportFhir } from "../../generated/commands";
import { asRefused, type Refused } from "../../host/host";
import { textOf } from "../../host/text-of";

/** What became of one file so far. */
export interface FileRow {
  name: string;
  state: "waiting" | "looking" | "fits" | "taking" | "taken" | "refused";
  /** What would be imported, and after that what was. */
  found: Imported | null;
  /** Why it cannot be imported. */
  refused: Refused | null;
}

/** The files in hand and how far they are. */
export interface RunState {
  stage: "empty" | "looking" | "looked" | "taking" | "taken";
  files: readonly FileRow[];
  /** It ends after the file in hand. */
  stopping: boolean;
  /** Why it ended early, where that was no file's fault. */
  trouble: Refused | null;
}

const EMPTY: RunState = { stage: "empty", files: [], stopping: false, trouble: null };

/** Files on their way into the store, one after the other, wherever the person looks meanwhile. */
export type ImportRun = ReturnType<typeof importRun>;

/** The files one by one; those that have a resource a line refer to each other and are one export together. */
function together(files: readonly File[]): File[][] {
  const isLines = ({ name }: File) => name.toLowerCase().endsWith(".ndjson");
  const lines = files.filter(isLines);
  const others = files.filter((file) => !isLines(file)).map((file) => [file]);
  return lines.length > 0 ? [...others, lines] : others;
}

/** Makes a run without files. `ask` gives one file to the command. */
export function importRun(ask: (input: ImportFhir) => Promise<Imported>) {
  let state = EMPTY;
  let sources: readonly File[][] = [];
  // A run that was forgotten goes on in vain until its file is done; the number tells it from the next.
  let current = 0;
  let watching = 0;
  const listeners = new Set<() => void>();
  const set = (change: Partial<RunState>) => {
    state = { ...state, ...change };
    listeners.forEach((listener) => listener());
  };
  const setFile = (at: number, change: Partial<FileRow>) =>
    set({ files: state.files.map((row, index) => (index === at ? { ...row, ...change } : row)) });

  /** Hands over one file after the other; ends early when told to, or by a trouble that is no file's. */
  async function each(
    from: FileRow["state"],
    under: FileRow["state"],
    to: FileRow["state"],
    dry_run: boolean,
  ) {
    const mine = current;
    for (const [at, source] of sources.entries()) {
      if (state.stopping) return;
      if (state.files[at]?.state !== from) continue;
      setFile(at, { state: under });
      const change = await Promise.all(source.map(textOf))
        .then((texts) => texts.join("\n"))
        .then((text) => ask({ text, dry_run }))
        .then((found): Partial<FileRow> => ({ state: to, found }))
        .catch((reason: unknown): Partial<FileRow> => ({ state: "refused", refused: asRefused(reason) }));
      if (mine !== current) return;
      if (change.refused && change.refused.code !== "file_refused") {
        setFile(at, { state: from });
        set({ trouble: change.refused });
        return;
      }
      setFile(at, change);
    }
  }

  return {
    snapshot: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Somebody sees it from now on, until the answer is called. */
    watch() {
      watching += 1;
      return () => void (watching -= 1);
    },
    isWatched: () => watching > 0,
    /** Looks at these files in place of those before; nothing is written. */
    async look(files: readonly File[]) {
      if (files.length === 0 || state.stage === "looking" || state.stage === "taking") return;
      const mine = ++current;
      sources = together(files);
      const rows = sources.map((parts): FileRow => {
        const name = parts.map((part) => part.name).join(", ");
        return { name, state: "waiting", found: null, refused: null };
      });
      set({ ...EMPTY, stage: "looking", files: rows });
      await each("waiting", "looking", "fits", true);
      if (mine === current) set({ stage: "looked", stopping: false });
    },
    /** Takes in the files that can be. */
    async take() {
      if (state.stage !== "looked" && state.stage !== "taken") return;
      const mine = current;
      set({ stage: "taking", stopping: false, trouble: null });
      await each("fits", "taking", "taken", false);
      if (mine === current) set({ stage: "taken", stopping: false });
    },
    /** Ends after the file in hand, which is taken in whole. */
    stop: () => set({ stopping: true }),
    /** Lets go of everything: the person left. */
    forget() {
      current += 1;
      sources = [];
      set({ ...EMPTY, stopping: true });
    },
  };
}
