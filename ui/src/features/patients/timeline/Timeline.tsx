import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { Chips } from "../../../components/Chips";
import { EmptyState } from "../../../components/EmptyState";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import { useSteady } from "../../../components/steady";
import { useQueryOf } from "../../../host/use-command";
import { Day } from "./Day";
import { groupDays } from "./group";
import { FACT_KINDS } from "../../../records/facts";
import type { FactKind } from "../../../records/kind";
import { useTimeline } from "../../../host/use-timeline";
import { useZone } from "../../../host/session";
import { useClock } from "../../../i18n/use-clock";
import type { TabProps } from "../../../records/parts";
import style from "./Timeline.module.css";

/** Everything that happened to a person, by day, latest first, what has no date last; more is fetched as the end comes into sight. */
export function Timeline({ patient, onTask }: TabProps) {
  const { t } = useTranslation();
  const today = useClock(useZone()).day;
  const open = useSteady(onTask);
  const [kinds, setKinds] = useState<FactKind[]>([]);
  const counts = useQueryOf("chart", { patient, cards: false }).data?.counts ?? {};
  const { rows, error, more, fetching, fetchMore, retry } = useTimeline(patient, kinds, true);
  const days = useMemo(() => groupDays(rows ?? []), [rows]);
  const chips = FACT_KINDS.flatMap((kind) => {
    const count = counts[kind] ?? 0;
    return count > 0 ? [{ value: kind, label: t(`record.${kind}.many`), count }] : [];
  });
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <div className={style["timeline"]}>
      {all > 0 && (
        <Chips
          label={t("patients.narrow")}
          all={{ label: t("patients.all"), count: all }}
          chips={chips}
          value={kinds}
          onChange={setKinds}
        />
      )}
      {error && <RefusalNote refused={error} onRetry={retry} />}
      {!rows && !error && <Skeleton lines={8} />}
      {rows?.length === 0 && <EmptyState text={t("patients.nothing_happened")} />}
      {days.map((day) => (
        <Day key={day.day ?? "undated"} day={day} today={day.day === today} onTask={open} />
      ))}
      {more && <Earlier fetching={fetching} onSeen={fetchMore} />}
    </div>
  );
}

/** The end of what was fetched: fetches on when it comes near, or when it is pressed. */
function Earlier({ fetching, onSeen }: { fetching: boolean; onSeen: () => void }) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  const seen = useSteady(onSeen);
  useEffect(() => {
    if (!end.current || typeof IntersectionObserver === "undefined" || fetching) return;
    const watch = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && seen(),
      { rootMargin: "600px" },
    );
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [fetching, seen]);
  return (
    <div ref={end} className={style["earlier"]}>
      <Button onClick={onSeen} loading={fetching}>
        {t("patients.earlier")}
      </Button>
    </div>
  );
}
