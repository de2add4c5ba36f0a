import { useTranslation } from "react-i18next";
import type { ForkedTrail } from "../../generated/ForkedTrail";
import style from "./Health.module.css";

/** The workstations that told the server their trail in two ways, each with both heads. */
export function ForkedTrails({ rows }: { rows: readonly ForkedTrail[] }) {
  const { t } = useTranslation();
  return (
    <>
      <p className={style["quiet"]}>{t("health.forked_note")}</p>
      <ul className={style["refused"]}>
        {rows.map(({ workstation, entry, known, told }) => (
          <li key={workstation}>
            <div>
              <b>{workstation}</b>
              <p className={style["act"]}>{t("health.forked_from", { entry: `${entry}` })}</p>
              {[known, told].map(({ entries, root }) => (
                <p key={root}>{t("health.forked_head", { count: entries, root })}</p>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
