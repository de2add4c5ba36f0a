import type { TFunction } from "i18next";

/** Why something is kept outside the records, in words: the author's lack of a right by which right it is. */
export function faultText(t: TFunction, { fault, field }: { fault: string; field: string | null }): string {
  const key = fault === "not_allowed" ? field : fault;
  const known = { field: field ?? "", defaultValue: t("health.fault.unknown") };
  return String(t(`health.fault.${key}` as never, known as never));
}
