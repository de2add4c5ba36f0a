import { useTranslation } from "react-i18next";
import { Small } from "../../components/Small";
import { TextButton } from "../../components/TextButton";
import type { ToothShown } from "../../generated/ToothShown";
import { readCall, writeCall, type Numbers } from "./called";
import { standsAlready } from "./drawn";
import style from "./dental.module.css";

interface CalledListProps {
  /** The calls by FDI. */
  calls: readonly string[];
  teeth: readonly ToothShown[];
  numbers: Numbers;
  disabled: boolean;
  /** The calls that are left once one is taken back. */
  onLeft: (calls: readonly string[]) => void;
}

/** What is called and not kept yet; each call can be taken back. */
export function CalledList({ calls, teeth, numbers, disabled, onLeft }: CalledListProps) {
  const { t } = useTranslation();
  return (
    <ul className={style["calls"]} aria-label={t("dental.entry.called")}>
      {calls.map((line, index) => {
        const { call } = readCall(line, teeth, "fdi");
        const shown = call ? writeCall(call, teeth, numbers) : line;
        return (
          <li key={`${index} ${line}`}>
            <div>
              <b>{shown}</b>
              {call && standsAlready(call, teeth) && <Small>{t("dental.entry.stands")}</Small>}
            </div>
            <TextButton
              disabled={disabled}
              onClick={() => onLeft(calls.filter((_, other) => other !== index))}
            >
              {t("dental.entry.take_back", { call: shown })}
            </TextButton>
          </li>
        );
      })}
    </ul>
  );
}
