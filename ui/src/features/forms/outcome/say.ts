import type { TFunction } from "i18next";
import type { MeasureRow } from "../../../generated/MeasureRow";
import type { MeasuredSide } from "../../../generated/MeasuredSide";
import { trueMinus } from "../typed";

/** Which eye. */
export function eyeWord(t: TFunction, side: MeasuredSide | null): string {
  return side === null ? t("outcome.side.not_recorded") : t(`forms.side.${side}`);
}

/** A reading as it was said, with its number behind it where that is another. */
export function readingSaid({ number, unit, word, code }: MeasureRow): string {
  const amount = number && [trueMinus(number), unit].filter(Boolean).join(" ");
  // Of an acuity the word is what was typed; of others it is by what was measured.
  if (code.startsWith("eye.va.")) return [word, amount && `(${amount})`].filter(Boolean).join(" ");
  return amount ?? word ?? "";
}
