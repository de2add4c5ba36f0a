import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button } from "../../components/Button";
import { RefusalNote } from "../../components/RefusalNote";
import { Tag } from "../../components/Tag";
import type { RefusedRow } from "../../generated/RefusedRow";
import { useMay } from "../../host/session";
import { useCommand } from "../../host/use-command";
import { faultText } from "../../records/faults";
import { LetGo } from "../../records/LetGo";
import { kindWord } from "../../records/words";
import { useMoment } from "../../i18n/use-moment";
import style from "./Health.module.css";

/** What somebody let go of what never arrived its author alone writes anew, and nobody what is too large to be sent. */
const isWrittenAnew = (row: RefusedRow) =>
  row.fault !== "too_large" && (row.aside ? row.stranded && row.mine : row.disputed || row.stranded);

/** What was written here and refused, and what others wrote and is not believed here, each with its reason; nothing
 *  of it is ever dropped. */
export function RefusedList({ rows, today }: { rows: readonly RefusedRow[]; today: string }) {
  const { t } = useTranslation();
  const moment = useMoment(today);
  const maySetAside = useMay("sync.run");
  const mayOpen = useMay("chart.read");
  const aside = useCommand("set_aside");
  const anew = useCommand("write_anew");
  const [letting, setLetting] = useState<number | null>(null);
  if (rows.length === 0) return <p className={style["quiet"]}>{t("health.refused_none")}</p>;
  return (
    <>
      {rows.some((row) => !row.held && !row.disputed && !row.stranded) && (
        <p className={style["quiet"]}>{t("health.refused_note")}</p>
      )}
      {rows.some((row) => row.held) && <p className={style["quiet"]}>{t("health.held_note")}</p>}
      {rows.some((row) => row.disputed) && <p className={style["quiet"]}>{t("health.disputed_note")}</p>}
      {rows.some((row) => row.stranded) && <p className={style["quiet"]}>{t("health.stranded_note")}</p>}
      {aside.error && <RefusalNote refused={aside.error} />}
      {anew.error && <RefusalNote refused={anew.error} />}
      <ul className={style["refused"]}>
        {rows.map((row) => (
          <li key={row.id} data-aside={row.aside}>
            <div>
              <b>{kindWord(t, row.kind)}</b> {row.held && <Tag>{t("health.held")}</Tag>}
              {row.disputed && <Tag kind="warn">{t("health.disputed")}</Tag>}
              {row.stranded && <Tag kind="warn">{t("health.stranded")}</Tag>}{" "}
              <span className={style["by"]}>
                {t("health.refused_by", {
                  author: row.author ?? t("conflict.unknown_author"),
                  time: moment(row.at),
                })}
              </span>
              <p>{faultText(t, row)}</p>
              {row.number && (
                <p className={style["act"]}>
                  {t(row.number_taken ? "health.stranded_taken" : "health.stranded_paper", {
                    number: row.number,
                  })}
                </p>
              )}
              {row.patient && mayOpen && (
                <a href={`#/patients/${row.patient}`}>{t("health.refused_chart")}</a>
              )}
            </div>
            {row.aside && <Tag>{t("health.aside")}</Tag>}
            {maySetAside && (
              <Acts at="end">
                {isWrittenAnew(row) && (
                  <Button onClick={() => anew.mutate({ id: row.id })} loading={anew.isPending}>
                    {t("patients.refused_anew")}
                  </Button>
                )}
                {!row.aside &&
                  (row.disputed || row.stranded ? (
                    <Button onClick={() => setLetting(row.id)}>{t("patients.refused_let_go")}</Button>
                  ) : (
                    <Button onClick={() => aside.mutate({ id: row.id })} loading={aside.isPending}>
                      {t("health.aside_act")}
                    </Button>
                  ))}
              </Acts>
            )}
          </li>
        ))}
      </ul>
      <LetGo id={letting} onClose={() => setLetting(null)} />
    </>
  );
}
