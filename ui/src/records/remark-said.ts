import type { TFunction } from "i18next";
import type { Remark } from "../generated/Remark";

/** What there is to say about an answer, in a sentence. */
export function remarkSaid(t: TFunction, { code, fields }: Pick<Remark, "code" | "fields">): string {
  const key = code === "off_step" && fields["step"] === undefined ? "off_places" : code;
  const said = String(t(`forms.remark.${key}` as never, { unit: "", ...fields } as never));
  // A bare number has no unit.
  return said.replace(/\s+([.:])/g, "$1");
}
