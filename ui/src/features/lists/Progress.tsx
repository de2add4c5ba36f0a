import { useTranslation } from "react-i18next";
import { ProgressBar } from "../../components/ProgressBar";
import type { HeldList } from "../../generated/HeldList";
import style from "./lists.module.css";

/** How far the list is. */
export function Progress({ list, doing }: { list: HeldList; doing: "looking" | "applying" }) {
  const { t } = useTranslation();
  const taken = list.counts.reduce((sum, count) => sum + count.taken, 0);
  const [done, of] = doing === "looking" ? [list.rows - list.unlooked, list.rows] : [taken, taken + list.due];
  const said = t(`lists.${doing}`, { done: done.toLocaleString("en"), of: of.toLocaleString("en") });
  return (
    <ProgressBar done={done} of={of} said={said}>
      <p className={style["quiet"]}>{t("lists.leave_note")}</p>
    </ProgressBar>
  );
}
