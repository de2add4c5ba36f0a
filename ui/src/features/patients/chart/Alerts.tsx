import { useNavigate } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Card, CardList, CardRow } from "../../../components/Card";
import { TextButton } from "../../../components/TextButton";
import type { Chart } from "../../../generated/Chart";
import type { RecordId } from "../../../generated/RecordId";
import type { ScratchRow } from "../../../generated/ScratchRow";
import { useMay, useZone } from "../../../host/session";
import { useQueryOf } from "../../../host/use-command";
import { whereLeft } from "../../../host/where-left";
import { clockText, dayAt } from "../../../i18n/dates";
import { useDates } from "../../../i18n/use-dates";
import { useClock } from "../../../i18n/use-clock";
import { claimsOf } from "../claims/claims-of";
import { readDraft } from "../claims/draft";
import type { ClaimKind } from "../claims/specs";
import { readTask, taskName } from "../claims/task";
import { useClaimWords } from "../claims/use-claim-words";
import { fieldWord } from "../field-word";
import { changes } from "../register/changes";
import { DETAILS, keptDraft, WITHDRAWAL } from "../register/draft";
import type { TabName } from "./parts";

interface AlertsProps {
  patient: RecordId;
  chart: Chart;
  /** The task in the pane, which needs no reminder. */
  task: string | null;
  onTask: (task: string) => void;
  onTab: (tab: TabName) => void;
}

interface Alert {
  key: string;
  title: string;
  small: string;
  act?: { label: string; onPress: () => void };
}

/** What somebody must look at, each with the act that settles it; no card when there is nothing. */
export function Alerts(props: AlertsProps) {
  const { t } = useTranslation();
  const alerts = useAlerts(props);
  if (alerts.length === 0) return null;
  return (
    <Card title={t("patients.alerts")} alert>
      <CardList>
        {alerts.map(({ key, title, small, act }) => (
          <CardRow
            key={key}
            small={small}
            action={act && <TextButton onClick={act.onPress}>{act.label}</TextButton>}
          >
            <b>{title}</b>
          </CardRow>
        ))}
      </CardList>
    </Card>
  );
}

/** What was typed first, to know it again: of a claim, of a note, of a certificate, or of a reason. */
function firstWords({ subject, text }: ScratchRow): string {
  const typed: Record<string, unknown> = readDraft(text)?.values ?? readTyping(text);
  // A certificate's other values are ids and days.
  const paper = subject.startsWith("certificate.") && !("text" in typed);
  const words = paper ? [typed["reason"]] : Object.values(typed);
  return String(words.find((word) => typeof word === "string" && word) ?? "");
}

function readTyping(text: string): Record<string, unknown> {
  try {
    const { typing = {} } = JSON.parse(text) as { typing?: Record<string, unknown> };
    return typing;
  } catch {
    return { text };
  }
}

/** The fields of a person that were half changed. */
function changedFields(t: TFunction, row: ScratchRow): string {
  const draft = keptDraft(row);
  if (!draft) return "";
  const { before, values, unread = {} } = draft;
  const paths = [...Object.keys(changes(before, values)), ...Object.keys(unread)];
  return [...new Set(paths.map((path) => fieldWord(t, path)))].join(", ");
}

/** What the typing under this name was to become; null where another screen knows. */
function subjectWords(t: TFunction, subject: string): string | null {
  const asked = readTask(subject);
  if (asked) return t(`patients.${asked.act}.${asked.kind}`);
  if (subject === DETAILS) return t("patients.edit_details");
  if (subject === WITHDRAWAL) return t("patients.withdraw_patient");
  const [word, act] = subject.split(/[ .]/);
  if (word === "certificate") {
    const step = act === "return" || act === "reject" || act === "revoke";
    return t(step ? `certificates.${act}.title` : "certificates.one");
  }
  if (word === "note") return t("visits.note.title");
  if (word === "addendum") return t("today.subject.addendum");
  if (word === "withdraw") return t("visits.note.withdraw_title");
  if (word === "visit") return t("visits.change_title");
  if (word === "vital") return t("vitals.withdraw_title");
  return word === "vitals" ? t("patients.tab.vitals") : null;
}

function useAlerts({ patient, chart, task, onTask, onTab }: AlertsProps): Alert[] {
  const { t } = useTranslation();
  const { date } = useDates();
  const { zone, day } = useClock(useZone());
  const navigate = useNavigate();
  const mayAsk = useMay("allergy.edit");
  const maySettle = useMay("conflict.resolve");
  const mayMeasure = useMay("observation.record");
  const words = useClaimWords();
  const left = useQueryOf("scratches", {}).data?.rows ?? [];
  const goOn = (row: ScratchRow) => {
    if (row.subject === "vitals") return onTab("vitals");
    const place = whereLeft(row);
    // Within this chart the keys go back to where they were.
    if (place.to === "/patients/$patient") return onTask(row.subject);
    void navigate(place);
  };
  const alerts: Alert[] = [];
  for (const { act: asked, record, at, value, unit, first } of chart.acts) {
    const repeat = asked === "repeat_blood_pressure";
    const act = { label: t("vitals.do_now"), onPress: () => onTab("vitals") };
    const said = { value: unit ? `${value} ${unit}` : value, time: clockText(at, zone) };
    alerts.push({
      key: `${asked} ${record}`,
      title: t(`vitals.act.${asked}`),
      small: t(repeat && first ? "vitals.act_first" : "vitals.act_value", said),
      ...(repeat && mayMeasure ? { act } : {}),
    });
  }
  if (chart.banner.allergies.state === "not_recorded") {
    const act = { label: t("patients.ask"), onPress: () => onTask("allergies") };
    alerts.push({
      key: "allergies",
      title: t("patients.allergies.not_recorded"),
      small: t("patients.ask_first"),
      ...(mayAsk ? { act } : {}),
    });
  }
  const disputed = (paths: readonly string[]) =>
    t("patients.disputed_fields", {
      fields: [...new Set(paths.map((path) => fieldWord(t, path)))].join(", "),
    });
  if (chart.banner.disputed.length > 0) {
    const act = { label: t("today.settle_act"), onPress: () => void navigate({ to: "/conflicts" }) };
    alerts.push({
      key: "person",
      title: t("patients.disputed_person"),
      small: disputed(chart.banner.disputed),
      ...(maySettle ? { act } : {}),
    });
  }
  for (const kind of ["allergy", "medicine", "problem", "immunisation"] satisfies ClaimKind[]) {
    for (const claim of claimsOf(chart, kind).filter((each) => each.disputed.length > 0)) {
      const title = words(kind, claim)
        .title.map((piece) => piece.text)
        .join("");
      const open = taskName({ kind, act: "edit", id: claim.id });
      const act = { label: t("patients.look"), onPress: () => onTask(open) };
      alerts.push({ key: claim.id, title, small: disputed(claim.disputed), act });
    }
  }
  for (const row of left.filter((each) => each.patient === patient && each.subject !== task)) {
    const what = subjectWords(t, row.subject);
    if (what === null) continue;
    const instant = new Date(row.at).toISOString();
    const on = dayAt(instant, zone);
    const when = on === day ? clockText(instant, zone) : date(on);
    alerts.push({
      key: row.subject,
      title: t("patients.unfinished", { what }),
      small: [
        row.subject === DETAILS ? changedFields(t, row) : firstWords(row),
        t("patients.typed_at", { when }),
      ]
        .filter(Boolean)
        .join(" · "),
      act: { label: t("patients.continue"), onPress: () => goOn(row) },
    });
  }
  return alerts;
}
