import type { Tag } from "../generated/commands";
import { asRefused, Refused, type CommandName, type Host, type InputOf, type OutputOf } from "./host";

/** Answers by command name; one that is missing is refused as `unknown_command`. */
export type Handlers = {
  [K in CommandName]?: (input: InputOf<K>) => OutputOf<K> | Promise<OutputOf<K>>;
};

/** A host for tests that remembers what it was asked and can spread news. */
export interface MemoryHost extends Host {
  readonly calls: { window: string; name: CommandName; input: unknown }[];
  /** The place that a person chooses; null where they choose none. */
  place: string | null;
  /** What the files that were handed over are called; each gets its place among them as its id: `file 1`. */
  readonly brought: string[];
  /** What the host alone sees of the clipboard. */
  clipboard: File[];
  /** How often the board was opened. */
  boards: number;
  news(...tags: Tag[]): void;
  /** Files are dropped that the host alone sees. */
  drop(...files: File[]): void;
  progress(done: number, of: number): void;
}

/** A host that answers from a table of handlers in this process. */
export function memoryHost(handlers: Handlers): MemoryHost {
  let window: Host["window"] = "main";
  const listeners = new Set<(tags: Tag[]) => void>();
  const waiting = new Set<(done: number, of: number) => void>();
  const dropped = new Set<(files: File[]) => void>();
  const calls: MemoryHost["calls"] = [];
  return {
    calls,
    place: "a place",
    brought: [],
    clipboard: [],
    boards: 0,
    get window() {
      return window;
    },
    enter(next) {
      window = next;
    },
    async call(name, input) {
      calls.push({ window, name, input });
      const handler = handlers[name];
      if (!handler) throw new Refused("unknown_command", { command: name });
      try {
        return await handler(input);
      } catch (reason) {
        throw asRefused(reason);
      }
    },
    onNews(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onProgress(listener) {
      waiting.add(listener);
      return () => void waiting.delete(listener);
    },
    async choosePlace() {
      return this.place;
    },
    async chooseFolder() {
      return this.place === null ? null : { id: this.place, name: "Backups" };
    },
    async bring(_, name) {
      const count = this.brought.push(name);
      return `file ${count}`;
    },
    onDropped(listener) {
      dropped.add(listener);
      return () => void dropped.delete(listener);
    },
    async pasted() {
      return this.clipboard;
    },
    async openBoard() {
      this.boards += 1;
    },
    // A text stands for its own code.
    codeIn: async (file) => ({ text: new TextDecoder().decode(file), pdf: null }),
    // A handler may answer a picture itself in the place of its id.
    picture: (id) => (id.startsWith("data:") ? id : `/picture/${encodeURIComponent(id)}`),
    news: (...tags) => listeners.forEach((listener) => listener(tags)),
    drop: (...files) => dropped.forEach((listener) => listener(files)),
    progress: (done, of) => waiting.forEach((listener) => listener(done, of)),
  };
}
