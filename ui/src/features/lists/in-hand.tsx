import { useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { commandTags } from "../../generated/commands";
import { dropTags } from "../../host/cache";
import { useHost } from "../../host/HostProvider";
import { listRun, type ListRun } from "./run";

const InHandContext = createContext<ListRun | null>(null);

/** Keeps the list going while the person goes from screen to screen, and lets go of it when they leave. */
export function ListInHand({ children }: { children: ReactNode }) {
  const host = useHost();
  const cache = useQueryClient();
  const [run] = useState(() =>
    listRun(async (name, input) => {
      const answer = await host.call(name, input);
      await dropTags(cache, commandTags[name].stales);
      return answer;
    }),
  );
  useEffect(() => () => run.forget(), [run]);
  return <InHandContext value={run}>{children}</InHandContext>;
}

/** The list in hand, shown here. */
export function useList() {
  const run = useContext(InHandContext);
  if (!run) throw new Error("useList outside ListInHand");
  const state = useSyncExternalStore(run.subscribe, run.snapshot);
  useEffect(() => {
    if (run.snapshot().list === undefined) void run.load();
  }, [run]);
  return { run, state };
}
