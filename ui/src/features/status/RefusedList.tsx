import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { RefusalNote } from "../../components/RefusalNote";
import { Tag } from "../../components/Tag";
import type { RefusedRow } from "../../generated/RefusedRow";
import { useMay } from "../../host/session";
import { useCommand } from "../../host/use-command";
import { kindWord } from "../../records/words";
import { useMoment } from "./moment";
import style from "./Health.module.css";

/** What was written here and refused, and what others wrote and is not believed here, each with its reason; nothing
 *  of it is ever dropped. */
export function RefusedList({ rows, today }: { rows: readonly RefusedRow[]; today: string }) {
  const { t } = useTranslation();
  const moment = useMoment(today);
  const maySetAside = useMay("sync.run");
  const mayOpen = useMay("chart.read");
  const aside = useCommand("set_aside");
  if (rows.length === 0) return <p className={style["quiet"]}>{t("health.refused_none")}</p>;
  return (
    <>
      {rows.some((row) => !row.held) && <p className={style["quiet"]}>{t("health.refused_note")}</p>}
      {rows.some((row) => row.held) && <p className={style["quiet"]}>{t("health.held_note")}</p>}
      {aside.error && <RefusalNote refused={aside.error} />}
      <ul className={style["refused"]}>
        {rows.map((row) => (
          <li key={row.id} data-aside={row.aside}>
            <div>
              <b>{kindWord(t, row.kind)}</b> {row.held && <Tag>{t("health.held")}</Tag>}{" "}
              <span className={style["by"]}>
                {t("health.refused_by", {
                  author: row.author ?? t("conflict.unknown_author"),
                  time: moment(row.at),
                })}
              </span>
              <p>{reason(t, row)}</p>
              {row.patient && mayOpen && (
                <a href={`#/patients/${row.patient}`}>{t("health.refused_chart")}</a>
              )}
            </div>
            {row.aside ? (
              <Tag>{t("health.aside")}</Tag>
            ) : (
              maySetAside && (
                <Button onClick={() => aside.mutate({ id: row.id })} loading={aside.isPending}>
                  {t("health.aside_act")}
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Why, in words: the author's lack of a right by which right it is. */
function reason(t: TFunction, { fault, field }: RefusedRow): string {
  const key = fault === "not_allowed" ? field : fault;
  const known = { field: field ?? "", defaultValue: t("health.fault.unknown") };
  return String(t(`health.fault.${key}` as never, known as never));
}
