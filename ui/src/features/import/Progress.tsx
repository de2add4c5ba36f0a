import { useTranslation } from "react-i18next";
import { ProgressBar } from "../../components/ProgressBar";
import type { RunState } from "./run";
import style from "./import.module.css";

const DONE = { looking: ["fits", "refused"], taking: ["taken"] };

/** How far the files in hand are, and that nobody has to wait for them. */
export function Progress({ state: { stage, files } }: { state: RunState }) {
  const { t } = useTranslation();
  const step = stage === "taking" ? "taking" : "looking";
  const own =
    step === "taking" ? files.filter(({ state }) => state !== "refused" && state !== "waiting") : files;
  const done = own.filter(({ state }) => DONE[step].includes(state)).length;
  const said = t(`import.${step}`, {
    at: String(Math.min(done + 1, own.length)),
    of: String(own.length),
  });
  return (
    <ProgressBar done={done} of={own.length} said={said}>
      {step === "taking" && <p className={style["quiet"]}>{t("import.leave_note")}</p>}
    </ProgressBar>
  );
}
