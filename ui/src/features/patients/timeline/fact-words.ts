import type { TFunction } from "i18next";
import type { TagKind } from "../../../components/Tag";
import type { Certificate } from "../../../generated/Certificate";
import type { Event } from "../../../generated/Event";
import type { Fact } from "../../../generated/Fact";
import type { Immunisation } from "../../../generated/Immunisation";
import type { Medicine } from "../../../generated/Medicine";
import type { Note } from "../../../generated/Note";
import type { Problem } from "../../../generated/Problem";
import type { Visit } from "../../../generated/Visit";
import type { en } from "../../../i18n/en";
import { doseLine, type Piece } from "../dose-line";
import { plainTerm, plainWords } from "../../../i18n/measured";

export type Mark = keyof (typeof en)["patients"]["mark"];

/** A fact in words: its mark, what it is, the code behind the words, what belongs to it, and its state. */
export interface FactWords {
  mark: Mark;
  title: Piece[];
  code?: string | undefined;
  small: string[];
  tag?: { kind: TagKind; text: string };
}

/** Dates as the shown language writes them. */
export type DateWords = (date: string) => string;

type Told = Omit<FactWords, "title" | "small"> & {
  title: Piece[] | string | undefined;
  small?: (string | undefined | false | null)[];
};

/** What a fact says, observations aside, which are told together. */
export function factWords(
  t: TFunction,
  date: DateWords,
  fact: Exclude<Fact, { kind: "observation" }>,
): FactWords {
  const told = tell(t, date, fact);
  const title = typeof told.title === "string" ? [{ text: told.title, strong: true }] : (told.title ?? []);
  const named = title.some((piece) => piece.text !== "");
  return {
    ...told,
    title: named ? title : [{ text: t(`patients.kind.${fact.kind}`), strong: true }],
    small: (told.small ?? []).filter((part): part is string => Boolean(part)),
  };
}

function tell(t: TFunction, date: DateWords, fact: Exclude<Fact, { kind: "observation" }>): Told {
  switch (fact.kind) {
    case "visit":
      return visit(t, fact.details);
    case "note":
      return note(t, fact.details);
    case "addendum":
      return {
        mark: "addendum",
        title: t("patients.addendum", { text: fact.details.text ?? "" }),
        small: [fact.details.reason],
      };
    case "event":
      return event(t, date, fact.details);
    case "problem":
      return problem(t, date, fact.details);
    case "allergy": {
      const { substance, code, reaction, severity, certainty, criticality, resolved } = fact.details;
      return {
        mark: "allergy",
        title: t("patients.allergy_to", { substance: plainWords(substance ?? plainTerm(code)) }),
        small: [
          reaction,
          severity && t(`patients.severity.${severity}`),
          criticality === "high" && t("patients.criticality_high"),
          certainty && certainty !== "confirmed" && known(t, "certainty", certainty),
          ...recorded(t, date, fact.details),
          ...lines(fact.details.remarks),
        ],
        ...(resolved ? { tag: { kind: "plain", text: t("patients.state.resolved") } } : {}),
      };
    }
    case "immunisation":
      return immunisation(t, date, fact.details);
    case "medicine":
      return medicine(t, date, fact.details);
    case "certificate":
      return certificate(t, date, fact.details);
  }
}

const VISIT_STATES: Record<NonNullable<Visit["status"]>, TagKind> = {
  scheduled: "plain",
  arrived: "go",
  triaged: "go",
  in_progress: "go",
  completed: "ok",
  cancelled: "plain",
  no_show: "warn",
};

/** When its source wrote down what it does not say the beginning of. */
function recorded(t: TFunction, date: DateWords, { since, recorded }: { since?: string; recorded?: string }) {
  return !since && recorded ? [t("patients.recorded", { date: date(recorded) })] : [];
}

/** Remarks, a line each. */
function lines(text: string | undefined): string[] {
  return text?.split("\n").filter((line) => line.trim() !== "") ?? [];
}

function visit(t: TFunction, details: Visit): Told {
  const { kind, status, concern, code, reason, attended_by, place, remarks } = details;
  const what = plainTerm(code) || (kind ? t(`patients.visit_type.${kind}`) : t("patients.kind.visit"));
  const why = plainTerm(reason) || concern;
  return {
    mark: "visit",
    title: why ? t("patients.visit_for", { what, why }) : what,
    small: [attended_by, place, ...lines(remarks)],
    ...(status ? { tag: { kind: VISIT_STATES[status], text: t(`patients.visit_status.${status}`) } } : {}),
  };
}

function note(t: TFunction, { diagnoses, concern, plan }: Note): Told {
  const found = Object.values(diagnoses ?? {}).sort(
    (one, other) => Number(other.primary ?? false) - Number(one.primary ?? false),
  );
  const [main, ...others] = found;
  if (!main) return { mark: "note", title: concern, small: [plan] };
  return {
    mark: "diagnosis",
    title: main.name,
    code: main.code,
    small: [
      main.certainty && known(t, "certainty", main.certainty),
      ...others.map((each) => each.name),
      concern,
    ],
  };
}

const EVENTS: Record<string, Mark> = { procedure: "procedure", "care-plan": "plan", report: "report" };

function event(t: TFunction, date: DateWords, { category, code, status, text, until }: Event): Told {
  const mark = EVENTS[category ?? ""] ?? "event";
  const over = !status || ["completed", "final", "finished"].includes(status);
  const said = lines(text);
  const named = plainTerm(code);
  return {
    mark,
    title: named || said[0] || category,
    small: [
      t(`patients.event.${category}` as "patients.event.event", { defaultValue: t("patients.event.event") }),
      until && t("patients.until", { date: date(until.slice(0, 10)) }),
      ...(named ? said : said.slice(1)),
    ],
    ...(over ? {} : { tag: { kind: "plain", text: known(t, "event_status", status) } }),
  };
}

function problem(t: TFunction, date: DateWords, details: Problem): Told {
  const { name, code, status, side, severity, certainty, since, until } = details;
  const called = plainWords(name ?? plainTerm(code));
  return {
    mark: "problem",
    title: certainty === "excluded" ? t("patients.ruled_out", { what: called }) : called,
    code: icd(code?.system) ? code?.code : undefined,
    small: [
      side && known(t, "side", side),
      severity && t(`patients.severity.${severity}`),
      certainty && certainty !== "confirmed" && known(t, "certainty", certainty),
      since && t("patients.since", { date: date(since) }),
      until && t("patients.until", { date: date(until) }),
      ...recorded(t, date, details),
      ...lines(details.remarks),
    ],
    ...(status && certainty !== "excluded"
      ? { tag: { kind: status === "resolved" ? "plain" : "go", text: t(`patients.state.${status}`) } }
      : {}),
  };
}

/** Clinicians read codes of ICD; the numbers of SNOMED CT say nothing to them. */
function icd(system: string | undefined): boolean {
  return !system || /icd/i.test(system);
}

function immunisation(t: TFunction, date: DateWords, details: Immunisation): Told {
  const { vaccine, code, dose, lot, next_due, status } = details;
  const called = vaccine ?? code?.display ?? "";
  return {
    mark: "immunisation",
    title: status === "not-done" ? t("patients.not_given_what", { what: called }) : called,
    small: [
      status === "subpotent" && t("patients.subpotent"),
      dose && t("patients.dose_number", { dose }),
      lot && t("patients.lot", { lot }),
      next_due && t("patients.next_due", { date: date(next_due) }),
      ...lines(details.remarks),
    ],
  };
}

function medicine(t: TFunction, date: DateWords, details: Medicine): Told {
  const { since, until, stopped, reason, despite, status } = details;
  const over = status && status !== "active" ? status : null;
  return {
    mark: "medicine",
    title: doseLine(details, { dose: t("patients.dose_word"), asNeeded: t("patients.as_needed") }),
    small: [
      reason && plainWords(reason),
      despite && t("patients.despite", { reason: despite }),
      since && t("patients.since", { date: date(since) }),
      until && t("patients.until", { date: date(until) }),
      stopped,
      ...lines(details.remarks),
    ],
    ...(over ? { tag: { kind: "plain", text: known(t, "medicine_status", over) } } : {}),
  };
}

function certificate(t: TFunction, date: DateWords, details: Certificate): Told {
  const { verdict, status = "draft", number, recommendation, from, until, status_reason } = details;
  const kind = status === "issued" ? "ok" : status === "returned" || status === "revoked" ? "warn" : "plain";
  return {
    mark: "certificate",
    title: verdict && t(`patients.verdict.${verdict}`),
    code: number,
    small: [
      from && until ? t("patients.from_until", { from: date(from), until: date(until) }) : undefined,
      recommendation,
      status_reason,
    ],
    tag: { kind, text: t(`patients.certificate_status.${status}`) },
  };
}

/** A word of a list that may also hold words from elsewhere: those stand as they came. */
export function known(t: TFunction, list: string, word: string): string {
  return t(`patients.${list}.${word}` as never, { defaultValue: word }) as string;
}
