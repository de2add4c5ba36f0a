import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { SelectField } from "../../components/fields";
import { RefusalNote } from "../../components/RefusalNote";
import type { Backups } from "../../generated/Backups";
import type { DayRow } from "../../generated/DayRow";
import { useQueryOf } from "../../host/use-command";
import { useDates } from "../../i18n/use-dates";
import { useBackupWords, usePointTime } from "./backup-words";
import type { From } from "./RestorePane";
import style from "./Backups.module.css";

interface PointsCardProps {
  shown: Backups;
  mayRestore: boolean;
  /** From a point of a target; from nowhere yet where another place is to be chosen. */
  onRestore: (from: From | null) => void;
}

/** How much came on each of the last days, and the points of a target that can be brought back. */
export function PointsCard({ shown, mayRestore, onRestore }: PointsCardProps) {
  const { t } = useTranslation();
  const { counted } = useBackupWords();
  const pointTime = usePointTime();
  const [chosen, setChosen] = useState("");
  const [number, setNumber] = useState("");
  const [before, setBefore] = useState<number | null>(null);
  const target =
    shown.targets.find(({ id }) => id === chosen) ?? shown.targets.find(({ last }) => last !== null);
  const points = useQueryOf(
    "restore_points",
    { target: target?.id ?? "", before },
    { enabled: mayRestore && target !== undefined },
  );
  const rows = points.data?.rows ?? [];
  const next = points.data?.next ?? null;
  const point = rows.find((row) => String(row.number) === number) ?? rows[0];
  return (
    <Card title={t(mayRestore && target ? "backups.points" : "backups.days")}>
      <div className={style["points"]}>
        <Days rows={shown.days} />
        {mayRestore && points.error && <RefusalNote refused={points.error} />}
        {mayRestore && target && points.data && rows.length === 0 && <p>{t("backups.no_points")}</p>}
        {mayRestore && target && rows.length > 0 && (
          <div className={style["choose"]}>
            {shown.targets.length > 1 && (
              <SelectField
                label={t("backups.from_target")}
                value={target.id}
                options={shown.targets.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(id) => {
                  setChosen(id);
                  setNumber("");
                  setBefore(null);
                }}
              />
            )}
            <SelectField
              label={t("backups.point")}
              value={String(point?.number ?? "")}
              options={rows.map((row) => ({
                value: String(row.number),
                label: row.whole
                  ? t("backups.point_of", {
                      time: pointTime(row, rows),
                      entries: counted("entries", row.entries),
                    })
                  : t("backups.point_not_whole", { time: row.at ? pointTime(row, rows) : `${row.number}` }),
              }))}
              onChange={setNumber}
            />
          </div>
        )}
        {mayRestore && (
          <Acts>
            {target && point && (
              <Button
                onClick={() =>
                  onRestore({
                    from: target.id,
                    name: target.name,
                    point: { ...point, time: point.at ? pointTime(point, rows) : `${point.number}` },
                    own: true,
                  })
                }
              >
                {t("backups.from_here")}
              </Button>
            )}
            {next !== null && <Button onClick={() => setBefore(next)}>{t("backups.older")}</Button>}
            <Button onClick={() => onRestore(null)}>{t("backups.elsewhere")}</Button>
          </Acts>
        )}
      </div>
    </Card>
  );
}

/** A bar a day; the words say each to whoever does not see them. */
function Days({ rows }: { rows: readonly DayRow[] }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const most = Math.max(1, ...rows.map(({ entries }) => entries));
  const [first, last] = [rows[0], rows.at(-1)];
  return (
    <figure className={style["days"]}>
      <ol aria-label={t("backups.days")}>
        {rows.map(({ day, entries }) => {
          const said = t("backups.day", { day: date(day), count: entries });
          return (
            <li key={day} title={said} data-today={day === last?.day}>
              <span style={{ blockSize: `${Math.max(2, (100 * entries) / most)}%` }} />
              <span className={style["read"]}>{said}</span>
            </li>
          );
        })}
      </ol>
      <figcaption data-figures aria-hidden="true">
        <span>{first && date(first.day)}</span>
        <span>{last && date(last.day)}</span>
      </figcaption>
    </figure>
  );
}
