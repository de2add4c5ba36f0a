import { useTranslation } from "react-i18next";
import { CompactSelect } from "../../../components/CompactSelect";
import style from "./vitals.module.css";

const AGO = ["0", "5", "15", "30", "60", "120"] as const;

/** How many minutes ago vital signs were taken, or when they were typed; empty as long as it has to be said. */
export type Ago = (typeof AGO)[number] | "typed" | "";

interface TakenProps {
  value: Ago;
  /** When they were typed, where that may be chosen. */
  typed: string | null;
  onChange: (ago: Ago) => void;
  /** It was not said, and must be. */
  missing: boolean;
}

/** Says when vital signs were taken. */
export function Taken({ value, typed, onChange, missing }: TakenProps) {
  const { t } = useTranslation();
  return (
    <label className={style["ago"]}>
      {t("vitals.taken")}
      <CompactSelect
        name="taken"
        value={value}
        aria-invalid={missing}
        onChange={(event) => onChange(event.currentTarget.value as Ago)}
      >
        {value === "" && <option value="">{t("vitals.ago.choose")}</option>}
        {typed && <option value="typed">{t("vitals.ago.typed", { when: typed })}</option>}
        {AGO.map((minutes) => (
          <option key={minutes} value={minutes}>
            {t(`vitals.ago.${minutes}`)}
          </option>
        ))}
      </CompactSelect>
    </label>
  );
}
