import { useTranslation } from "react-i18next";
import { Card, CardList, CardRow } from "../../../components/Card";
import { TextButton } from "../../../components/TextButton";
import type { Chart } from "../../../generated/Chart";
import type { RecordId } from "../../../generated/RecordId";
import { useMay } from "../../../host/session";
import { useQueryOf } from "../../../host/use-command";
import { clockText, dayAt } from "../../../i18n/dates";
import { useDates } from "../../../i18n/use-dates";
import { claimsOf } from "../claims/claims-of";
import { readDraft } from "../claims/draft";
import type { ClaimKind } from "../claims/specs";
import { readTask, taskName } from "../claims/task";
import { useClaimWords } from "../claims/use-claim-words";
import { fieldWord } from "../field-word";
import { useNow } from "../now";

interface AlertsProps {
  patient: RecordId;
  chart: Chart;
  /** The task in the pane, which needs no reminder. */
  task: string | null;
  onTask: (task: string) => void;
}

interface Alert {
  key: string;
  title: string;
  small: string;
  act?: { label: string; task: string };
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
            action={act && <TextButton onClick={() => props.onTask(act.task)}>{act.label}</TextButton>}
          >
            <b>{title}</b>
          </CardRow>
        ))}
      </CardList>
    </Card>
  );
}

/** What was typed first, to know it again. */
function firstWords(text: string): string {
  const typed = readDraft(text)?.values ?? {};
  return String(Object.values(typed).find((value) => typeof value === "string" && value) ?? "");
}

function useAlerts({ patient, chart, task }: AlertsProps): Alert[] {
  const { t } = useTranslation();
  const { date } = useDates();
  const { zone, day } = useNow();
  const mayAsk = useMay("allergy.edit");
  const words = useClaimWords();
  const left = useQueryOf("scratches", {}).data?.rows ?? [];
  const alerts: Alert[] = [];
  if (chart.banner.allergies.state === "not_recorded") {
    const act = { label: t("patients.ask"), task: "allergies" };
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
    alerts.push({
      key: "person",
      title: t("patients.disputed_person"),
      small: disputed(chart.banner.disputed),
    });
  }
  for (const kind of ["allergy", "medicine", "problem", "immunisation"] satisfies ClaimKind[]) {
    for (const claim of claimsOf(chart, kind).filter((each) => each.disputed.length > 0)) {
      const title = words(kind, claim)
        .title.map((piece) => piece.text)
        .join("");
      const act = { label: t("patients.look"), task: taskName({ kind, act: "edit", id: claim.id }) };
      alerts.push({ key: claim.id, title, small: disputed(claim.disputed), act });
    }
  }
  for (const row of left.filter((each) => each.patient === patient && each.subject !== task)) {
    const asked = readTask(row.subject);
    if (!asked) continue;
    const instant = new Date(row.at).toISOString();
    const on = dayAt(instant, zone);
    const when = on === day ? clockText(instant, zone) : date(on);
    alerts.push({
      key: row.subject,
      title: t("patients.unfinished", {
        what: t(asked.act === "add" ? `patients.add.${asked.kind}` : `patients.edit.${asked.kind}`),
      }),
      small: [firstWords(row.text), t("patients.typed_at", { when })].filter(Boolean).join(" · "),
      act: { label: t("patients.continue"), task: row.subject },
    });
  }
  return alerts;
}
