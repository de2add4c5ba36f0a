import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { HeldList } from "../../generated/HeldList";
import style from "./lists.module.css";

/** How far it is, in words and as a bar. */
export function Progress({ list, doing }: { list: HeldList; doing: "looking" | "applying" }) {
  const { t } = useTranslation();
  const id = useId();
  const taken = list.counts.reduce((sum, count) => sum + count.taken, 0);
  const [done, of] = doing === "looking" ? [list.rows - list.unlooked, list.rows] : [taken, taken + list.due];
  return (
    <div className={style["progress"]}>
      <p id={id} role="status" data-figures>
        {t(`lists.${doing}`, { done: done.toLocaleString("en"), of: of.toLocaleString("en") })}
      </p>
      <div role="progressbar" aria-labelledby={id} aria-valuemin={0} aria-valuemax={of} aria-valuenow={done}>
        <div style={{ inlineSize: `${(100 * done) / Math.max(of, 1)}%` }} />
      </div>
      <p className={style["quiet"]}>{t("lists.leave_note")}</p>
    </div>
  );
}
