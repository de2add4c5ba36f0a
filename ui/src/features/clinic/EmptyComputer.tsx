import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Segmented } from "../../components/Segmented";
import type { Enrol } from "../../generated/Enrol";
import type { FoundClinic } from "../../generated/FoundClinic";
import type { Refused } from "../../host/host";
import { FirstRun } from "./FirstRun";
import { Join } from "./Join";

interface Act<T> {
  run: (input: T) => void;
  refused: Refused | null;
  busy: boolean;
}

interface EmptyComputerProps {
  found: Act<FoundClinic> & { onMend: () => void };
  join: Act<Enrol>;
  /** Draws the way back from a backup, under the choice of what this computer becomes. */
  restore: (choice: ReactNode) => ReactNode;
}

/** A computer without a clinic: it begins a new one, joins one that works elsewhere, or comes back from a backup. */
export function EmptyComputer({ found, join, restore }: EmptyComputerProps) {
  const { t } = useTranslation();
  const [becomes, setBecomes] = useState<"new" | "join" | "restore">("new");
  const choice = (
    <Segmented
      label={t("first.becomes")}
      value={becomes}
      options={[
        { value: "new", label: t("first.new") },
        { value: "join", label: t("first.join") },
        { value: "restore", label: t("backups.at_door.becomes") },
      ]}
      onChange={setBecomes}
    />
  );
  if (becomes === "restore") return restore(choice);
  return becomes === "new" ? (
    <FirstRun
      choice={choice}
      onFound={found.run}
      refused={found.refused}
      onMend={found.onMend}
      busy={found.busy}
    />
  ) : (
    <Join choice={choice} onJoin={join.run} refused={join.refused} busy={join.busy} />
  );
}
