import type { TFunction } from "i18next";
import type { TagKind } from "../../components/Tag";
import type { Visit } from "../../generated/Visit";
import type { VisitStatus } from "../../generated/VisitStatus";
import type { VisitType } from "../../generated/VisitType";
import { plainTerm } from "../../i18n/measured";
import { lines, type LineOf } from "../kind";

/** The kinds of visit in the order in which they are offered. */
export const VISIT_KINDS: readonly VisitType[] = [
  "consultation",
  "follow_up",
  "emergency",
  "procedure",
  "diagnostic",
  "routine",
];

const STATES: Record<VisitStatus, TagKind> = {
  scheduled: "plain",
  arrived: "go",
  triaged: "go",
  in_progress: "go",
  completed: "ok",
  cancelled: "plain",
  no_show: "warn",
};

/** What a visit is, and what it is for. */
export function visitTitle(t: TFunction, { kind, code, reason, concern }: Visit): string {
  const what = plainTerm(code) || (kind ? t(`patients.visit_type.${kind}`) : t("record.visit.one"));
  const why = plainTerm(reason) || concern;
  return why ? t("patients.visit_for", { what, why }) : what;
}

/** How far a visit is. */
export function visitTag(t: TFunction, status: VisitStatus): { kind: TagKind; text: string } {
  return { kind: STATES[status], text: t(`patients.visit_status.${status}`) };
}

export const visit: LineOf<"visit"> = (details, { t }) => ({
  title: visitTitle(t, details),
  small: [
    details.attended_by,
    details.place,
    details.disposition && t(`visits.went.${details.disposition}`),
    details.sent_with,
    ...lines(details.remarks),
  ],
  tag: details.status && visitTag(t, details.status),
});
