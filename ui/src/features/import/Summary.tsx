import { useTranslation } from "react-i18next";
import type { RunState } from "./run";
import { totals } from "./totals";
import style from "./import.module.css";

/** What the files would bring or brought, in sentences. */
export function Summary({ state: { stage, files } }: { state: RunState }) {
  const { t } = useTranslation();
  const done = stage === "taken";
  const counted = files.filter(({ state }) => state === (done ? "taken" : "fits"));
  const refused = files.filter(({ state }) => state === "refused").length;
  const rest = files.filter(({ state }) => state === "waiting" || (done && state === "fits")).length;
  const sum = totals(counted);
  const said = t("import.people", { count: sum.patients });
  const people =
    sum.metAgain > 0 ? t("import.met_again", { people: said, again: String(sum.metAgain) }) : said;
  return (
    <div className={style["summary"]} role="status" data-figures>
      {counted.length > 0 && (
        <p>
          <b>{main()}</b>{" "}
          {sum.alreadyHere > 0 && sum.records > 0 && t("import.already", { count: sum.alreadyHere })}
        </p>
      )}
      {sum.changed.length > 0 && (
        <p className={style["warn"]}>{t("import.changed", { count: sum.changed.length })}</p>
      )}
      {counted.length === 0 && !done && <p>{t("import.found_none")}</p>}
      {refused > 0 && (
        <p className={style["warn"]}>
          {t(done ? "import.refused_done" : "import.refused", { count: refused })}
        </p>
      )}
      {rest > 0 && <p className={style["warn"]}>{t("import.stopped", { count: rest })}</p>}
    </div>
  );

  function main() {
    if (sum.records === 0) return t(done ? "import.nothing_done" : "import.nothing_new", { people });
    return t(done ? "import.done" : "import.found", { count: sum.records, people });
  }
}
