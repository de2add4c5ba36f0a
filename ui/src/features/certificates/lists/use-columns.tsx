import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/DataTable";
import { useDates } from "../../../i18n/use-dates";
import { writtenName } from "../../../i18n/written-name";
import { StatusTag } from "../Steps";
import type { Row } from "../types";
import { useDays } from "../use-days";
import style from "./Lists.module.css";

/** What a list shows of a certificate; in a person's own list their name goes without saying. */
export function useColumns({ person }: { person: boolean }): Column<Row>[] {
  const { t } = useTranslation();
  const { date } = useDates();
  const words = useDays();
  const who: Column<Row> = {
    head: t("certificates.column.person"),
    show: ({ person: one }) => (
      <>
        <b className={style["name"]}>
          <bdi>{writtenName(one) || t("patients.unnamed")}</bdi>
        </b>
        <span className={style["small"]}>
          {[one.number, one.birth_date && date(one.birth_date)].filter(Boolean).join(" · ")}
        </span>
      </>
    ),
  };
  return [
    ...(person ? [who] : []),
    {
      head: t("certificates.column.what"),
      show: ({ title, verdict, number }) => (
        <>
          <span className={style["what"]}>
            {[title, verdict && t(`certificates.verdict.${verdict}`)].filter(Boolean).join(": ")}
          </span>
          {number && <span className={style["small"]}>{number}</span>}
        </>
      ),
    },
    {
      head: t("certificates.column.days"),
      show: ({ from, until }) => (
        <span className={style["days"]}>
          {from && <time dateTime={from}>{words.written(from)}</time>}
          {until && until !== from && (
            <>
              {" "}
              {t("certificates.to")} <time dateTime={until}>{words.written(until)}</time>
            </>
          )}
        </span>
      ),
    },
    {
      head: t("certificates.column.by"),
      show: ({ signer, author, day }) => (
        <>
          <span className={style["by"]}>{signer ?? author ?? ""}</span>
          <span className={style["small"]}>
            <time dateTime={day}>{date(day)}</time>
          </span>
        </>
      ),
    },
    {
      head: t("certificates.column.state"),
      whole: true,
      show: ({ status, reason }) => (
        <>
          <StatusTag status={status} />
          {reason && <span className={style["small"]}>{reason}</span>}
        </>
      ),
    },
  ];
}
