import { useTranslation } from "react-i18next";
import type { Column } from "../../components/DataTable";
import { Tag } from "../../components/Tag";
import type { StaffRow } from "../../generated/StaffRow";
import { useQueryOf } from "../../host/use-command";
import { useDates } from "../../i18n/use-dates";
import style from "./Staff.module.css";

/** The columns of the list of people, in the words of today. */
export function useStaffColumns(): Column<StaffRow>[] {
  const { t } = useTranslation();
  const { date } = useDates();
  const today = useQueryOf("status", {}).data?.today;
  const isOver = (day: string | null) =>
    day !== null && today !== undefined && day < today.slice(0, day.length);
  return [
    {
      head: t("staff.name"),
      show: ({ name, title, qualification, position }) => (
        <>
          <b>{[title, name].filter(Boolean).join(" ")}</b>
          {qualification && <span className={style["letters"]}>, {qualification}</span>}
          {position && <div className={style["small"]}>{position}</div>}
        </>
      ),
    },
    { head: t("staff.sign_in"), whole: true, show: ({ sign_in }) => sign_in },
    {
      head: t("staff.role"),
      whole: true,
      show: ({ role }) => (role ? t(`role.${role}`) : <Tag kind="warn">{t("staff.role_clash")}</Tag>),
    },
    {
      head: t("staff.licence"),
      whole: true,
      show: ({ licence, licence_until }) =>
        licence && (
          <>
            {licence}
            {licence_until && (
              <div className={style["small"]}>
                <time>{t("staff.until", { date: date(licence_until) })}</time>{" "}
                {isOver(licence_until) && <Tag kind="warn">{t("staff.licence_over")}</Tag>}
              </div>
            )}
          </>
        ),
    },
    {
      head: t("staff.state"),
      whole: true,
      show: ({ active, valid_until, switched_off }) => {
        if (!active || isOver(valid_until)) return <Tag>{t("staff.inactive")}</Tag>;
        if (switched_off) return <Tag kind="warn">{t("staff.off")}</Tag>;
        return valid_until ? (
          <Tag kind="ok">{t("staff.ends", { date: date(valid_until) })}</Tag>
        ) : (
          <Tag kind="ok">{t("staff.active")}</Tag>
        );
      },
    },
  ];
}
