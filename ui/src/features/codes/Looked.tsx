import { useTranslation } from "react-i18next";
import type { CodesTaken } from "../../generated/CodesTaken";
import style from "./Codes.module.css";

/** What a file of codes holds: how many names, the first of them, and the lines that are left out. */
export function Looked({ found }: { found: CodesTaken }) {
  const { t } = useTranslation();
  const { format, names, first, left, left_out, pack, here } = found;
  return (
    <div className={style["found"]}>
      <p>
        {t("codes.holds", { format: t(`codes.looked.${format}`), names: t("codes.names", { count: names }) })}
      </p>
      {here ? <p>{t("codes.known_here")}</p> : pack && <p>{t("codes.known")}</p>}
      <p className={style["muted"]}>{t("codes.first")}</p>
      <ul>
        {first.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      {left_out > 0 && (
        <>
          <p>{t("codes.left", { count: left_out })}</p>
          <ul>
            {left.map(({ line, fault }) => (
              <li key={line}>{t("codes.line", { line: `${line}`, why: t(`codes.fault.${fault}`) })}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
