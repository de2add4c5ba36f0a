import { useTranslation } from "react-i18next";
import style from "./Backups.module.css";

interface LeftOutProps {
  /** What does not read, by the names of its objects. */
  damaged: readonly string[];
  /** How many files of charts would not come. */
  missing: number;
}

/** What a backup would not bring back. */
export function LeftOut({ damaged, missing }: LeftOutProps) {
  const { t } = useTranslation();
  return (
    <>
      {missing > 0 && (
        <p className={style["bad"]}>{t("backups.restore.files_would_miss", { count: missing })}</p>
      )}
      {damaged.length > 0 && (
        <>
          <p className={style["bad"]}>{t("backups.restore.left_out")}</p>
          <ul className={style["faults"]}>
            {damaged.map((object) => (
              <li key={object}>{object}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
