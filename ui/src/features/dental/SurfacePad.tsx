import { useTranslation } from "react-i18next";
import type { Tooth } from "../../generated/Tooth";
import { zoneOf } from "./zones";
import { isFront } from "./teeth";
import style from "./dental.module.css";

const LETTERS = ["M", "O", "D", "B", "L"] as const;

interface SurfacePadProps {
  tooth: Tooth;
  /** Those that are chosen. */
  surfaces: string;
  disabled: boolean;
  onToggle: (surface: string) => void;
}

/** The surfaces of one tooth as they lie in the chart, to be pressed. */
export function SurfacePad({ tooth, surfaces, disabled, onToggle }: SurfacePadProps) {
  const { t } = useTranslation();
  return (
    <div className={style["pad"]} role="group" aria-label={t("dental.entry.surfaces")}>
      {LETTERS.map((letter) => {
        const edge = letter === "O" && isFront(tooth);
        return (
          <button
            key={letter}
            type="button"
            data-zone={zoneOf(tooth, letter)}
            aria-pressed={surfaces.includes(letter)}
            aria-label={t(`dental.entry.surface.${edge ? "I" : letter}`)}
            disabled={disabled}
            onClick={() => onToggle(letter)}
          >
            {edge ? "I" : letter}
          </button>
        );
      })}
    </div>
  );
}
