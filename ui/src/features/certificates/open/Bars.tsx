import { useTranslation } from "react-i18next";
import type { Refused } from "../../../host/host";
import { refusalLine } from "../../../i18n/refusal";
import style from "./Open.module.css";

/** What stands in the way of issuing a draft beside what its form lacks; nothing where nothing does. */
export function Bars({ bars }: { bars: readonly Pick<Refused, "code" | "fields">[] }) {
  const { t } = useTranslation();
  if (bars.length === 0) return null;
  return (
    <section className={style["said"]} aria-label={t("certificates.barred")}>
      {t("certificates.barred")}
      {bars.map((bar) => (
        <p key={`${bar.code} ${bar.fields["field"]}`}>{refusalLine(t, bar)}</p>
      ))}
    </section>
  );
}
