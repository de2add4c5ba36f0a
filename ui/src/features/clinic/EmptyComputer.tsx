import { useState } from "react";
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

/** A computer without a clinic: it begins a new one, or joins one that works elsewhere. */
export function EmptyComputer({ found, join }: { found: Act<FoundClinic>; join: Act<Enrol> }) {
  const { t } = useTranslation();
  const [becomes, setBecomes] = useState<"new" | "join">("new");
  const choice = (
    <Segmented
      label={t("first.becomes")}
      value={becomes}
      options={[
        { value: "new", label: t("first.new") },
        { value: "join", label: t("first.join") },
      ]}
      onChange={setBecomes}
    />
  );
  return becomes === "new" ? (
    <FirstRun choice={choice} onFound={found.run} refused={found.refused} busy={found.busy} />
  ) : (
    <Join choice={choice} onJoin={join.run} refused={join.refused} busy={join.busy} />
  );
}
