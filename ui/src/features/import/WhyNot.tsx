import { useTranslation } from "react-i18next";
import type { Refused } from "../../host/host";
import style from "./import.module.css";

/** Why a file cannot be imported, and at which place of it. */
export function WhyNot({ refused }: { refused: Refused }) {
  const { t } = useTranslation();
  const { reason, place } = refused.fields;
  const said = (section: "fault" | "unread", otherwise: string) =>
    t(`import.${section}.${reason}` as never, { defaultValue: otherwise }) as string;
  return (
    <div className={style["why"]}>
      {said("fault", said("unread", t("refusal.file_refused.what")))}{" "}
      {place && <span className={style["place"]}>{t("import.place", { place: String(place) })}</span>}
    </div>
  );
}
