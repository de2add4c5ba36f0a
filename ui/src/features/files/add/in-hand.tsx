import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import type { RecordId } from "../../../generated/RecordId";
import { useHost } from "../../../host/HostProvider";
import { filesRun, type FilesRun } from "./run";

const InHandContext = createContext<FilesRun | null>(null);

/** Keeps the files in hand while the person goes from screen to screen, and lets go of them when they leave. */
export function FilesInHand({ children }: { children: ReactNode }) {
  const host = useHost();
  const [run] = useState(() => filesRun((file, name) => host.bring(file, name)));
  useEffect(() => () => run.leave(), [run]);
  return <InHandContext value={run}>{children}</InHandContext>;
}

/** The files in hand for this chart. */
export function useInHand(patient: RecordId) {
  const run = useContext(InHandContext);
  if (!run) throw new Error("useInHand outside FilesInHand");
  const files = useSyncExternalStore(run.subscribe, () => run.of(patient));
  return { run, files };
}
