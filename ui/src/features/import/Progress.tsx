import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { RunState } from "./run";
import style from "./import.module.css";

const DONE = { looking: ["fits", "refused"], taking: ["taken"] };

/** How far the files in hand are, and that nobody has to wait for them. */
export function Progress({ state: { stage, files } }: { state: RunState }) {
  const { t } = useTranslation();
  const id = useId();
  const step = stage === "taking" ? "taking" : "looking";
  const own =
    step === "taking" ? files.filter(({ state }) => state !== "refused" && state !== "waiting") : files;
  const done = own.filter(({ state }) => DONE[step].includes(state)).length;
  return (
    <div className={style["progress"]}>
      <p id={id} role="status" data-figures>
        {t(`import.${step}`, {
          at: String(Math.min(done + 1, own.length)),
          of: String(own.length),
        })}
      </p>
      <div
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={own.length}
        aria-valuenow={done}
      >
        <div style={{ inlineSize: `${(100 * done) / Math.max(own.length, 1)}%` }} />
      </div>
      {step === "taking" && <p className={style["quiet"]}>{t("import.leave_note")}</p>}
    </div>
  );
}
