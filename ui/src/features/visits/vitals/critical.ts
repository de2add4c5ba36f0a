import type { TFunction } from "i18next";
import type { Sign } from "../../../generated/Sign";
import type { TypedValue } from "../../../generated/TypedValue";
import type { VitalsKept } from "../../../generated/VitalsKept";

/** The critical ones of what was measured, `SpO₂ 89 %`; nothing where none is. */
export function criticalText(
  t: TFunction,
  signs: readonly Sign[],
  values: readonly TypedValue[],
  levels: VitalsKept["levels"],
): string {
  const critical = levels.flatMap(({ sign, level }) => {
    const value = values.find((each) => each.sign === sign);
    if (!value || !level.startsWith("critical")) return [];
    const unit = value.unit ?? signs.find(({ name }) => name === sign)?.unit ?? "";
    return [`${t(`vitals.sign.${sign}`)} ${value.value} ${unit}`.trim()];
  });
  return critical.join(", ");
}
