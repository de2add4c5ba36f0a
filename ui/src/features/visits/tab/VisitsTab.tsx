import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { EmptyState } from "../../../components/EmptyState";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import type { KindName } from "../../../generated/KindName";
import { useTimeline } from "../../../host/use-timeline";
import type { TabProps } from "../../../records/parts";
import { groupVisits } from "./group";
import { VisitCard } from "./VisitCard";
import style from "./tab.module.css";

const KINDS: KindName[] = ["visit", "note", "addendum", "observation", "filled"];

/** All visits of a person, latest first, each with its notes, its forms and what was measured in it. */
export function VisitsTab({ patient, onTask }: TabProps) {
  const { t } = useTranslation();
  const { rows, error, more, fetching, fetchMore, retry } = useTimeline(patient, KINDS, true);
  const visits = useMemo(() => groupVisits(rows ?? []), [rows]);
  return (
    <div className={style["visits"]}>
      {error && <RefusalNote refused={error} onRetry={retry} />}
      {!rows && !error && <Skeleton lines={8} />}
      {rows && !more && visits.length === 0 && <EmptyState text={t("visits.tab.none")} />}
      {visits.map((each) => (
        <VisitCard key={each.visit.id} group={each} onTask={onTask} />
      ))}
      {more && (
        <div className={style["earlier"]}>
          <Button onClick={fetchMore} loading={fetching}>
            {t("visits.tab.earlier")}
          </Button>
        </div>
      )}
    </div>
  );
}
