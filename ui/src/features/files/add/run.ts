import type { RecordId } from "../../../generated/RecordId";
import { asRefused, Refused } from "../../../host/host";

/** No file of any sort is larger (the program that takes it has the same limit), in bytes. */
const LARGEST = 100_000_000;

/** A file that a person chose, dropped or pasted, or took from the tray, and that is not in the chart yet. */
export interface Taken {
  /** What it is called: no two of a chart have the same name here. */
  name: string;
  /** How many bytes it had, to know it again. */
  size: number;
  /** What the browser takes it for: a first guess, and nothing rests on it. */
  type: string;
  /** The id by which the program has it; null while it is handed over. */
  brought: string | null;
  /** It lies in the tray under its name. */
  tray: boolean;
  /** Why it could not be handed over. */
  refused: Refused | null;
  /** Somebody said that it is this person's although it names another. */
  confirmed: boolean;
}

/** The files in hand by chart, wherever the person looks meanwhile. */
export type FilesRun = ReturnType<typeof filesRun>;

const NONE: readonly Taken[] = [];

/** Holds no file yet. `bring` hands one over to the program and gives its id. */
export function filesRun(bring: (file: ArrayBuffer, name: string) => Promise<string>) {
  let held = new Map<RecordId, readonly Taken[]>();
  let sitting = 0;
  const listeners = new Set<() => void>();
  const tell = () => listeners.forEach((listener) => listener());

  const of = (patient: RecordId) => held.get(patient) ?? NONE;
  function keep(patient: RecordId, files: readonly Taken[]) {
    held = new Map(held).set(patient, files);
    tell();
  }
  function change(patient: RecordId, name: string, changed: Partial<Taken>) {
    keep(
      patient,
      of(patient).map((file) => (file.name === name ? { ...file, ...changed } : file)),
    );
  }

  /** Hands over the bytes of a file; one that was left out meanwhile is not missed. */
  async function hand(patient: RecordId, name: string, file: File) {
    const mine = sitting;
    const heard = (changed: Partial<Taken>) => {
      if (mine === sitting) change(patient, name, changed);
    };
    try {
      if (file.size > LARGEST) throw new Refused("file_unfit", { reason: "too_large", most: 100 });
      const bytes = await file.arrayBuffer().catch(() => {
        throw new Refused("file_unfit", { reason: "gone" });
      });
      heard({ brought: await bring(bytes, name) });
    } catch (reason) {
      heard({ refused: asRefused(reason) });
    }
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** The files in hand for this chart; the same list until one changes. */
    of,
    /** Takes files for this chart; one that is in hand already is not taken twice. `unnamed` is for one without a name. */
    async take(patient: RecordId, files: readonly File[], unnamed: string) {
      for (const file of files) {
        const known = of(patient).find(
          ({ name, size }) => name === (file.name || unnamed) && size === file.size,
        );
        if (known && !known.refused) continue;
        if (known) keep(patient, without(of(patient), known.name));
        const name = free(file.name || unnamed, of(patient));
        const { size, type } = file;
        keep(patient, [...of(patient), { ...EMPTY, name, size, type }]);
        // One after the other: the program takes one at a time.
        await hand(patient, name, file);
      }
    },
    /** Takes a paper that lies in the tray. */
    takePaper(patient: RecordId, name: string, size: number, type: string) {
      if (of(patient).some((file) => file.name === name)) return;
      keep(patient, [...of(patient), { ...EMPTY, name, size, type, tray: true }]);
    },
    confirm: (patient: RecordId, name: string) => change(patient, name, { confirmed: true }),
    leaveOut: (patient: RecordId, name: string) => keep(patient, without(of(patient), name)),
    /** It is somebody else's: it waits for their chart. */
    pass(from: RecordId, to: RecordId, name: string) {
      const file = of(from).find((each) => each.name === name);
      if (!file) return;
      keep(from, without(of(from), name));
      keep(to, [...without(of(to), name), { ...file, confirmed: false }]);
    },
    /** The form of this chart is done. */
    forget: (patient: RecordId) => keep(patient, NONE),
    /** The person has left: what still comes is not heard. */
    leave() {
      sitting += 1;
      held = new Map();
    },
  };
}

const EMPTY = { brought: null, tray: false, refused: null, confirmed: false };

function without(files: readonly Taken[], name: string): readonly Taken[] {
  return files.filter((file) => file.name !== name);
}

/** The name, with a number behind it where it is taken. A stroke would lead into another field of the form. */
function free(name: string, files: readonly Taken[]): string {
  const plain = name.replaceAll("/", " ");
  const taken = (wanted: string) => files.some((file) => file.name === wanted);
  for (let count = 1; ; count++) {
    const wanted = count === 1 ? plain : `${plain} (${count})`;
    if (!taken(wanted)) return wanted;
  }
}
