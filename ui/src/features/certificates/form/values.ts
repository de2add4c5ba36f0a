import { storedOf, type Stored } from "../../../forms/changes";
import type { Certificate } from "../../../generated/Certificate";
import type { Disposition } from "../../../generated/Disposition";
import type { FilledView } from "../../../generated/FilledView";
import type { LensesFor } from "../../../generated/LensesFor";
import type { PaperSize } from "../../../generated/PaperSize";
import type { SentTo } from "../../../generated/SentTo";
import type { Verdict } from "../../../generated/Verdict";
import { dayAt } from "../../../i18n/dates";
import type { UnreadDates } from "../../../i18n/unread-dates";
import { amendedAnswers } from "../../../records/answers";
import { paperOf } from "../page/zoom";
import type { Offered, Text } from "../types";
import { fieldOf, foundIn, lensOf } from "./lens";
import { daysLater } from "./read-day";

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
  /** Times of the site's clock, `09:10`. */
  came_at: string;
  left_at: string;
  sent_to: SentTo | "";
  sent_with: string;
  reason_agreed: boolean;
  lenses_for: LensesFor | "";
  /** The lenses, each as the text of one value: `lens.ts`. */
  right: string;
  left: string;
  pd: string;
  pd_near: string;
  refraction: string;
}

/** What a visit says that a slip prints. */
export interface AtVisit {
  came_at: string;
  left_at: string;
  disposition?: Disposition | undefined;
  sent_with?: string | undefined;
  concern?: string | undefined;
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
  "came_at",
  "left_at",
  "sent_to",
  "sent_with",
  "reason_agreed",
  "lenses_for",
  "right",
  "left",
  "pd",
  "pd_near",
  "refraction",
] as const satisfies readonly FieldName[];

/** Where a slip sends people. */
export const SENT_TO: readonly SentTo[] = ["class", "home", "rest", "referred", "hospital"];

const VERDICTS: readonly string[] = ["fit", "fit_with_limits", "not_fit", "prescribed"] satisfies Verdict[];

/** Whether the form has a field of this name, to tell a refusal at it. */
export function isField(name: string): name is FieldName {
  return (NAMES as readonly string[]).includes(name);
}

/** The verdicts that a template can give, the usual one first. */
export function verdictsOf(offered: Offered | undefined): Verdict[] {
  const named = (offered?.details.verdicts ?? VERDICTS).filter((word) => VERDICTS.includes(word));
  return named as Verdict[];
}

/** Whether a template says when somebody came and left, and where they went. */
export function isSlip(offered: Offered | undefined): boolean {
  return offered?.details.text?.includes("{sent}") ?? false;
}

/** Whether a template prescribes spectacles. */
export function isSpectacles(offered: Offered | undefined): boolean {
  return offered?.details.verdicts?.includes("prescribed") ?? false;
}

/** Spectacles as they were found in a refraction and what was added to it: the eyes were examined on its day. */
export function prescribed(offered: Offered | undefined, zone: string, from: FilledView): Values {
  const answers = amendedAnswers(from);
  const number = (path: string) => answers[path]?.n ?? "";
  return {
    ...started(offered, dayAt(from.at, zone)),
    right: foundIn(answers, "right"),
    left: foundIn(answers, "left"),
    pd: number("pd"),
    pd_near: number("pd_near"),
    refraction: from.id,
  };
}

/** Who goes back to class is fit for it; everybody else is kept away. */
export function verdictOf(sent: SentTo): Verdict {
  return sent === "class" ? "fit" : "not_fit";
}

/** A form about to be filled in: what the template usually says, for this day, and what a slip's visit says. */
export function started(offered: Offered | undefined, today: string, visit?: AtVisit): Values {
  const plain = plainly(offered, today);
  return isSlip(offered) ? { ...plain, ...ofVisit(plain, visit) } : plain;
}

/** What a slip says of its visit: the reason for coming is kept, and nobody has agreed to print it. */
function ofVisit(plain: Values, visit: AtVisit | undefined): Partial<Values> {
  if (!visit) return {};
  const sent_to = SENT_TO.find((to) => to === visit.disposition) ?? "";
  return {
    came_at: visit.came_at,
    left_at: visit.left_at,
    sent_to,
    sent_with: visit.sent_with ?? "",
    reason: plain.reason || (visit.concern ?? ""),
    verdict: sent_to ? verdictOf(sent_to) : plain.verdict,
  };
}

const NO_LENSES = { lenses_for: "", right: "", left: "", pd: "", pd_near: "", refraction: "" } as const;
/** Spectacles hold for a year, unless it is said otherwise (ours). */
const YEAR = 365;

const NO_SLIP = { came_at: "", left_at: "", sent_to: "", sent_with: "", reason_agreed: false } as const;

function plainly(offered: Offered | undefined, today: string): Values {
  return {
    template: offered?.id ?? "",
    verdict: verdictsOf(offered)[0] ?? "",
    examined: today,
    from: isSpectacles(offered) ? "" : today,
    until: usualUntil(offered, today),
    limits: "",
    reason: "",
    recommendation: "",
    diagnosis: "",
    diagnosis_agreed: false,
    addressee: offered?.details.addressee ?? "",
    paper: paperOf(offered?.details.paper),
    ...NO_SLIP,
    ...NO_LENSES,
  };
}

/** A leave begins as one day, and a slip is for one; how long somebody is fit is for whoever examined them to say. */
function usualUntil(offered: Offered | undefined, from: string): string {
  if (isSpectacles(offered)) return from ? daysLater(from, YEAR) : "";
  return verdictsOf(offered)[0] === "not_fit" || isSlip(offered) ? from : "";
}

/** The form after another template was chosen: what was typed stays, what the old one said goes. */
export function retemplated(
  values: Values,
  old: Offered | undefined,
  next: Offered,
  visit?: AtVisit,
): Values {
  const usual = (word: string | undefined, was: string | undefined, now: string | undefined) =>
    word && word !== was ? word : (now ?? "");
  const verdicts = verdictsOf(next);
  const kept = values.verdict !== "" && verdicts.includes(values.verdict);
  const changed: Values = {
    ...values,
    template: next.id,
    verdict: kept && values.verdict !== verdictsOf(old)[0] ? values.verdict : (verdicts[0] ?? ""),
    until: usual(
      values.until,
      usualUntil(old, values.from || values.examined),
      usualUntil(next, values.from || values.examined),
    ),
    addressee: usual(values.addressee, old?.details.addressee, next.details.addressee),
    paper: paperOf(usual(values.paper, old?.details.paper, next.details.paper)),
  };
  if (isSpectacles(next)) return { ...changed, ...NO_SLIP, from: "" };
  if (isSpectacles(old)) Object.assign(changed, NO_LENSES, { from: values.examined });
  if (!isSlip(next)) return { ...changed, ...NO_SLIP };
  return isSlip(old) ? changed : { ...changed, ...ofVisit(changed, visit) };
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
    came_at: details.came_at ?? "",
    left_at: details.left_at ?? "",
    sent_to: details.sent_to ?? "",
    sent_with: details.sent_with ?? "",
    reason_agreed: details.reason_agreed ?? false,
    lenses_for: details.lenses_for ?? "",
    right: fieldOf(details.right ?? {}),
    left: fieldOf(details.left ?? {}),
    pd: details.pd ?? "",
    pd_near: details.pd_near ?? "",
    refraction: details.refraction ?? "",
  };
}

/** What the form says as a command wants it: text trimmed, nothing empty. Limits go with their verdict alone. */
export function textOf(values: Values): Text {
  return {
    template: values.template,
    ...(sent(Object.fromEntries(storedValues(values))) as Omit<Text, "template">),
  };
}

/** What a command is sent: a lens as the value that it is, a number as people write it. */
export function sent(said: Record<string, Stored | null>): Record<string, unknown> {
  const value = (name: string, text: Stored | null) => {
    if (typeof text !== "string") return text;
    if (name === "right" || name === "left") return lensOf(text);
    return name === "pd" || name === "pd_near" ? text.replace(",", ".") : text;
  };
  return Object.fromEntries(Object.entries(said).map(([name, text]) => [name, value(name, text)]));
}

/** The values as they may be written: where one cannot be read yet or cannot be, the record stays as it is. */
export function readable(values: Values, held: Values, unread: UnreadDates, wrong: object): Values {
  // Which of the two days is the wrong one is for the person to say.
  const days = "until" in wrong ? ["from", "until"] : [];
  const stays = [...Object.keys(unread), ...days].filter(isField);
  return { ...values, ...Object.fromEntries(stays.map((name) => [name, held[name]])) };
}

/** What is written of the values: limits go with their verdict alone. */
export function storedValues(values: Values): Map<string, Stored> {
  return storedOf(values.verdict === "fit_with_limits" ? values : { ...values, limits: "" });
}
