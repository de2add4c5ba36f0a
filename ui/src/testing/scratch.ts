import type { ScratchRow } from "../generated/ScratchRow";
import type { Handlers } from "../host/memory";

/** Answers that keep what is typed as the records do, beginning with what was left. */
export function keeping(...left: ScratchRow[]) {
  let rows = left;
  return {
    /** What is kept now. */
    rows: () => rows,
    handlers: {
      scratches: () => ({ rows: [...rows] }),
      keep_scratch: ({ patient, subject, text }) => {
        rows = rows.filter((row) => row.patient !== patient || row.subject !== subject);
        if (text) rows = [{ patient, subject, text, at: Date.now() }, ...rows];
        return { time: "10:32" };
      },
    } satisfies Handlers as Handlers,
  };
}

/** An answer that comes when it is told to, or is refused. */
export function later() {
  let answer = () => {};
  let refuse: (reason: unknown) => void = () => {};
  const wait = new Promise<void>((done, failed) => {
    answer = done;
    refuse = failed;
  });
  return { wait, answer: () => answer(), refuse: (reason: unknown) => refuse(reason) };
}
