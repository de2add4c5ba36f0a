import { useTranslation } from "react-i18next";
import type { Refused } from "../../host/host";
import { spoken } from "../../i18n/spoken";
import style from "./import.module.css";

/** Why a file cannot be imported, and at which place of it. */
export function WhyNot({ refused }: { refused: Refused }) {
  const { t } = useTranslation();
  const { reason, place } = refused.fields;
  const said = (section: "fault" | "unread", otherwise: string) =>
    spoken(t, `import.${section}.${reason}`, otherwise);
  return (
    <div className={style["why"]}>
      {said("fault", said("unread", t("refusal.file_refused.what")))}{" "}
      {place && <span className={style["place"]}>{t("import.place", { place: String(place) })}</span>}
    </div>
  );
}
