import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Card, CardList, CardRow } from "../../../components/Card";
import { RefusalNote } from "../../../components/RefusalNote";
import { TextButton } from "../../../components/TextButton";
import type { RecordId } from "../../../generated/RecordId";
import { useMay, useZone } from "../../../host/session";
import type { Refused } from "../../../host/host";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { clockText, dayAt } from "../../../i18n/dates";
import { measured } from "../../../i18n/measured";
import { useDates } from "../../../i18n/use-dates";
import { useClock } from "../../../i18n/use-clock";
import { useMeasuredWords } from "../../../i18n/use-measured-words";
import { taskName, type Task } from "../../../forms/task";
import type { OnTask, TabName } from "../../../records/parts";
import { factWords, titleText } from "../../../records/facts";
import { faultText } from "../../../records/faults";
import { isClaimKind } from "../../../records/kind";
import { LetGo } from "../../../records/LetGo";
import { fieldWord, kindWord } from "../../../records/words";
import { useActWords } from "../../../records/use-act-words";
import { leftTyping, taskBegins, taskPlace, taskWords } from "../../../records/tasks";

interface AlertsProps {
  patient: RecordId;
  /** The task in the pane, which needs no reminder. */
  task: Task | null;
  onTask: OnTask;
  onTab: (tab: TabName) => void;
}

interface Alert {
  key: string;
  title: string;
  small: string;
  act?: Act;
  /** What can be done instead. */
  other?: Act;
}

interface Act {
  label: string;
  onPress: () => void;
}

/** What somebody must look at, each with the act that settles it; no card when there is nothing. */
export function Alerts(props: AlertsProps) {
  const { t } = useTranslation();
  const [letting, setLetting] = useState<number | null>(null);
  const { alerts, error } = useAlerts(props, setLetting);
  if (alerts.length === 0) return null;
  return (
    <Card title={t("patients.alerts")} alert>
      {error && <RefusalNote refused={error} />}
      <CardList>
        {alerts.map(({ key, title, small, act, other }) => (
          <CardRow
            key={key}
            small={small}
            action={
              act && (
                <>
                  <TextButton onClick={act.onPress}>{act.label}</TextButton>
                  {other && <TextButton onClick={other.onPress}>{other.label}</TextButton>}
                </>
              )
            }
          >
            <b>{title}</b>
          </CardRow>
        ))}
      </CardList>
      <LetGo id={letting} onClose={() => setLetting(null)} />
    </Card>
  );
}

function useAlerts(
  { patient, task, onTask, onTab }: AlertsProps,
  onLetGo: (id: number) => void,
): { alerts: Alert[]; error: Refused | null } {
  const { t } = useTranslation();
  const { date } = useDates();
  const { zone, day } = useClock(useZone());
  const navigate = useNavigate();
  const mayAsk = useMay("allergy.edit");
  const maySettle = useMay("conflict.resolve");
  const mayMeasure = useMay("observation.record");
  const maySend = useMay("sync.run");
  const anew = useCommand("write_anew");
  const { brief, name } = useMeasuredWords();
  const actWord = useActWords();
  const banner = useQueryOf("banner", { patient }).data;
  const vitals = useQueryOf("latest_vitals", { patient }).data;
  const chart = useQueryOf("chart", { patient, cards: false }).data;
  const left = useQueryOf("scratches", {}).data?.rows ?? [];
  const goOn = (to: Task) => {
    const place = taskPlace(to, patient);
    const { to: screen, search } = place;
    if (screen !== "/patients/$patient" || (search.tab && search.task)) return void navigate(place);
    if (search.tab) return onTab(search.tab);
    // Within this chart the keys go back to where they were.
    onTask(to);
  };
  const settle = { label: t("today.settle_act"), onPress: () => void navigate({ to: "/conflicts" }) };
  const alerts: Alert[] = [];
  for (const { act: asked, record, at, value, unit, first } of vitals?.acts ?? []) {
    const repeat = asked === "repeat_blood_pressure";
    const act = { label: t("vitals.do_now"), onPress: () => onTab("vitals") };
    // A figure alone does not say of what it is; "Repeat BP" does.
    const of = repeat ? undefined : vitals?.vitals.find(({ id }) => id === record);
    const figure = [of && name(measured(of.details)), value, unit].filter(Boolean).join(" ");
    const said = { value: figure, time: clockText(at, zone) };
    alerts.push({
      key: `${asked} ${record}`,
      title: actWord(asked),
      small: t(repeat && first ? "vitals.act_first" : "vitals.act_value", said),
      ...(repeat && mayMeasure ? { act } : {}),
    });
  }
  if (banner?.allergies.state === "not_recorded") {
    const act = { label: t("patients.ask"), onPress: () => onTask({ of: "allergies" }) };
    alerts.push({
      key: "allergies",
      title: t("patients.allergies.not_recorded"),
      small: t("patients.ask_first"),
      ...(mayAsk ? { act } : {}),
    });
  }
  const refused = banner?.refused ?? [];
  for (const [place, row] of refused.entries()) {
    const fact = row.fact && row.fact.kind !== "observation" ? factWords(t, date, zone, row.fact) : null;
    const value = row.fact?.kind === "observation" ? brief(measured(row.fact.details)) : "";
    const told = fact ? titleText(fact) : [kindWord(t, row.kind), value].filter(Boolean).join(" · ");
    // What was written together is written anew together, once.
    const acts = maySend && refused.findIndex(({ id }) => id === row.id) === place;
    const on = dayAt(row.at, zone);
    const when = on === day ? clockText(row.at, zone) : date(on);
    const write = () => !anew.isPending && anew.mutate({ id: row.id });
    const again = { label: t("patients.refused_anew"), onPress: write };
    const letGo = { label: t("patients.refused_let_go"), onPress: () => onLetGo(row.id) };
    alerts.push({
      key: `refused ${row.id} ${place}`,
      title: t(row.id < 0 ? "patients.stranded_title" : "patients.refused_title", { told }),
      small: [
        t(row.id < 0 ? "patients.stranded_small" : "patients.refused_small"),
        faultText(t, row),
        t("health.refused_by", { author: row.author ?? t("conflict.unknown_author"), time: when }),
      ].join(" "),
      ...(acts && row.fault === "too_large" ? { act: letGo } : {}),
      ...(acts && row.fault !== "too_large" ? { act: again, other: letGo } : {}),
    });
  }
  const disputed = (kind: string, paths: readonly string[]) =>
    t("patients.disputed_fields", {
      fields: [...new Set(paths.map((path) => fieldWord(t, kind, path)))].join(", "),
    });
  if (banner && banner.disputed.length > 0) {
    alerts.push({
      key: "person",
      title: t("patients.disputed_person"),
      small: disputed("patient", banner.disputed),
      ...(maySettle ? { act: settle } : {}),
    });
  }
  for (const { id, fields, fact } of chart?.disputed ?? []) {
    const { kind } = fact;
    const act = isClaimKind(kind)
      ? { label: t("patients.look"), onPress: () => onTask({ of: kind, act: "edit", id }) }
      : maySettle && settle;
    alerts.push({
      key: id,
      title: fact.kind === "observation" ? kindWord(t, kind) : titleText(factWords(t, date, zone, fact)),
      small: disputed(kind, fields),
      ...(act ? { act } : {}),
    });
  }
  const more = chart?.more_disputed ?? 0;
  if (more > 0) {
    alerts.push({
      key: "more",
      title: t("patients.more_disputed", { count: more }),
      small: t("patients.more_disputed_where"),
      ...(maySettle ? { act: settle } : {}),
    });
  }
  const shown = task && taskName(task);
  for (const row of left.filter((each) => each.patient === patient && each.subject !== shown)) {
    const { task: typed } = leftTyping(row);
    if (!typed) continue;
    const instant = new Date(row.at).toISOString();
    const on = dayAt(instant, zone);
    const when = on === day ? clockText(instant, zone) : date(on);
    alerts.push({
      key: row.subject,
      title: t("patients.unfinished", { what: taskWords(t, typed) }),
      small: [taskBegins(t, typed, row.text), t("patients.typed_at", { when })].filter(Boolean).join(" · "),
      act: { label: t("patients.continue"), onPress: () => goOn(typed) },
    });
  }
  return { alerts, error: anew.error };
}
