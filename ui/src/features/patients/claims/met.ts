import type { TFunction } from "i18next";
import type { RefusalLike } from "../../../i18n/refusal";
import type { AnyClaim, DetailsOf } from "../../../records/kind";
import { rowWord } from "../../../records/words";

/** What a refusal asks about an allergy that stands in the way, by its name; null where it asks nothing. */
export function metWords(
  t: TFunction,
  allergies: readonly AnyClaim[],
  { code, fields }: RefusalLike,
): string | null {
  if (code !== "meets_allergy" && code !== "known_allergy") return null;
  const met = allergies.find(({ id }) => id === fields["allergy"])?.details as
    DetailsOf<"allergy"> | undefined;
  const { substance, reaction, severity } = met ?? {};
  const more = [reaction, severity && rowWord(t, "allergy", "severity", severity)].filter(Boolean).join(", ");
  const allergy = substance ? (more ? `${substance} (${more})` : substance) : t("patients.meets.unnamed");
  if (code === "known_allergy") return t("patients.meets.known", { allergy });
  const name = fields["class"];
  return name === undefined
    ? t("patients.meets.name", { allergy })
    : t("patients.meets.class", { allergy, class: String(name) });
}
