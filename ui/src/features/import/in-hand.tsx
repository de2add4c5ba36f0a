import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { tell } from "../../components/tell";
import { useCommand } from "../../host/use-command";
import { importRun, type ImportRun } from "./run";

const InHandContext = createContext<ImportRun | null>(null);

/** Keeps the files in hand while the person goes from screen to screen, and lets go of them when they leave. */
export function ImportInHand({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { mutateAsync } = useCommand("import_fhir");
  const [run] = useState(() => importRun((input) => mutateAsync(input)));
  useEffect(() => () => run.forget(), [run]);
  useEffect(() => {
    let before = run.snapshot().stage;
    return run.subscribe(() => {
      const { stage } = run.snapshot();
      if (before === "taking" && stage === "taken" && !run.isWatched()) tell(t("import.finished"));
      before = stage;
    });
  }, [run, t]);
  return <InHandContext value={run}>{children}</InHandContext>;
}

/** The files in hand, shown here. */
export function useInHand() {
  const run = useContext(InHandContext);
  if (!run) throw new Error("useInHand outside ImportInHand");
  useEffect(() => run.watch(), [run]);
  const state = useSyncExternalStore(run.subscribe, run.snapshot);
  return { run, state };
}
