import { storedOf, type Stored } from "../../../forms/changes";
import type { Certificate } from "../../../generated/Certificate";
import type { PaperSize } from "../../../generated/PaperSize";
import type { Verdict } from "../../../generated/Verdict";
import type { UnreadDates } from "../../../i18n/unread-dates";
import { paperOf } from "../page/zoom";
import type { Offered, Text } from "../types";

/** What the form holds: a text for each field, empty while it is not filled in. */
export interface Values {
  template: string;
  verdict: Verdict | "";
  examined: string;
  from: string;
  until: string;
  limits: string;
  reason: string;
  recommendation: string;
  diagnosis: string;
  diagnosis_agreed: boolean;
  addressee: string;
  paper: PaperSize | "";
}

export type FieldName = keyof Values;

const NAMES = [
  "template",
  "verdict",
  "examined",
  "from",
  "until",
  "limits",
  "reason",
  "recommendation",
  "diagnosis",
  "diagnosis_agreed",
  "addressee",
  "paper",
] as const satisfies readonly FieldName[];

const VERDICTS: readonly string[] = ["fit", "fit_with_limits", "not_fit"] satisfies Verdict[];

/** Whether the form has a field of this name, to tell a refusal at it. */
export function isField(name: string): name is FieldName {
  return (NAMES as readonly string[]).includes(name);
}

/** The verdicts that a template can give, the usual one first. */
export function verdictsOf(offered: Offered | undefined): Verdict[] {
  const named = (offered?.details.verdicts ?? VERDICTS).filter((word) => VERDICTS.includes(word));
  return named as Verdict[];
}

/** A form about to be filled in: what the template usually says, for this day. */
export function started(offered: Offered | undefined, today: string): Values {
  return {
    template: offered?.id ?? "",
    verdict: verdictsOf(offered)[0] ?? "",
    examined: today,
    from: today,
    until: usualUntil(offered, today),
    limits: "",
    reason: "",
    recommendation: "",
    diagnosis: "",
    diagnosis_agreed: false,
    addressee: offered?.details.addressee ?? "",
    paper: paperOf(offered?.details.paper),
  };
}

/** A leave begins as one day; how long somebody is fit is for whoever examined them to say. */
function usualUntil(offered: Offered | undefined, from: string): string {
  return verdictsOf(offered)[0] === "not_fit" ? from : "";
}

/** The form after another template was chosen: what was typed stays, what the old one said goes. */
export function retemplated(values: Values, old: Offered | undefined, next: Offered): Values {
  const usual = (word: string | undefined, was: string | undefined, now: string | undefined) =>
    word && word !== was ? word : (now ?? "");
  const verdicts = verdictsOf(next);
  const kept = values.verdict !== "" && verdicts.includes(values.verdict);
  return {
    ...values,
    template: next.id,
    verdict: kept && values.verdict !== verdictsOf(old)[0] ? values.verdict : (verdicts[0] ?? ""),
    until: usual(values.until, usualUntil(old, values.from), usualUntil(next, values.from)),
    addressee: usual(values.addressee, old?.details.addressee, next.details.addressee),
    paper: paperOf(usual(values.paper, old?.details.paper, next.details.paper)),
  };
}

/** A certificate as the form holds it. */
export function valuesOf(details: Certificate): Values {
  return {
    template: details.template ?? "",
    verdict: details.verdict ?? "",
    examined: details.examined ?? "",
    from: details.from ?? "",
    until: details.until ?? "",
    limits: details.limits ?? "",
    reason: details.reason ?? "",
    recommendation: details.recommendation ?? "",
    diagnosis: details.diagnosis ?? "",
    diagnosis_agreed: details.diagnosis_agreed ?? false,
    addressee: details.addressee ?? "",
    paper: details.paper ? paperOf(details.paper) : "",
  };
}

/** What the form says as a command wants it: text trimmed, nothing empty. Limits go with their verdict alone. */
export function textOf(values: Values): Text {
  return {
    template: values.template,
    ...(Object.fromEntries(storedValues(values)) as Omit<Text, "template">),
  };
}

/** The values as they may be written: where one cannot be read yet, the record stays as it is. */
export function readable(values: Values, held: Values, unread: UnreadDates): Values {
  const stays = Object.keys(unread).filter(isField);
  return { ...values, ...Object.fromEntries(stays.map((name) => [name, held[name]])) };
}

/** What is written of the values: limits go with their verdict alone. */
export function storedValues(values: Values): Map<string, Stored> {
  return storedOf(values.verdict === "fit_with_limits" ? values : { ...values, limits: "" });
}
