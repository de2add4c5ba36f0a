import { VisuallyHidden } from "@mantine/core";
import { IconEraser } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../components/IconButton";
import { Reading } from "../../../components/Reading";
import type { Sign } from "../../../generated/Sign";
import type { VitalRow } from "../../../generated/VitalRow";
import { useDates } from "../../../i18n/use-dates";
import { useZone } from "../../../host/session";
import { useClock } from "../../../i18n/use-clock";
import { cellsOf, measuredSigns } from "./columns";
import { useSignWords } from "./sign-words";
import style from "./vitals.module.css";

const A_DAY_MS = 24 * 3_600_000;

interface GridProps {
  signs: readonly Sign[];
  rows: readonly VitalRow[];
  /** Opens the form that withdraws what was entered in error; nothing where that may not be. */
  onWithdraw: ((row: VitalRow) => void) | undefined;
}

/** What was measured: a row a taking, latest first, a column a sign. A value older than a day is grey. */
export function Grid({ signs, rows, onWithdraw }: GridProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const words = useSignWords();
  const now = useClock(useZone());
  const columns = measuredSigns(signs, rows);
  const when = ({ day, time }: VitalRow) =>
    day === null ? t("patients.undated") : `${date(day)}${time ? ` ${time}` : ""}`;
  const old = ({ at, day }: VitalRow) => {
    if (!at && !day) return true;
    const until = at ? Date.parse(at) : Date.parse(`${day}T00:00:00Z`) + A_DAY_MS;
    return now.at - until > A_DAY_MS;
  };
  return (
    // It is wider than a narrow window, so it can be moved by keys, too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={style["scroll"]} role="region" aria-label={t("vitals.grid")} tabIndex={0}>
      <table className={style["grid"]} data-figures>
        <thead>
          <tr>
            <th scope="col">{t("vitals.when")}</th>
            {columns.map((column) => (
              <th key={column.name} scope="col" data-numeric="true">
                {words.name(column)} <span className={style["unit"]}>{column.signs[0]?.unit}</span>
              </th>
            ))}
            {onWithdraw && (
              <th scope="col">
                <VisuallyHidden>{t("vitals.withdraw")}</VisuallyHidden>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.values[0]?.id} data-old={old(row)}>
              <th scope="row">
                <time>{when(row)}</time>
                <span className={style["by"]}>{row.imported ? t("vitals.elsewhere") : row.author}</span>
              </th>
              {columns.map((column) => (
                <td key={column.name} data-numeric="true">
                  {cellsOf(column, row).map((cell) => (
                    <div key={cell.id}>
                      <Reading level={cell.level} exact={cell.exact}>
                        {cell.text}
                      </Reading>
                      {cell.unit !== column.signs[0]?.unit && (
                        <span className={style["unit"]}> {cell.unit}</span>
                      )}
                      {cell.confirmed && <div className={style["by"]}>{t("vitals.confirmed")}</div>}
                    </div>
                  ))}
                </td>
              ))}
              {onWithdraw && (
                <td className={style["act"]}>
                  <IconButton
                    icon={IconEraser}
                    label={t("vitals.withdraw_row", { when: when(row) })}
                    title={t("vitals.withdraw")}
                    onClick={() => onWithdraw(row)}
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
