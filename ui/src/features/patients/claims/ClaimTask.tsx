import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Pane } from "../../../components/Pane";
import { RefusedPane } from "../../../components/RefusedPane";
import { Skeleton } from "../../../components/Skeleton";
import type { Chart } from "../../../generated/Chart";
import type { Kept } from "../../../generated/Kept";
import { useQueryOf } from "../../../host/use-command";
import { useLeft, type Left } from "../../../host/use-left";
import { useThrowAway } from "../../../host/use-throw-away";
import type { TaskProps } from "../chart/parts";
import { ClaimForm } from "./ClaimForm";
import { claimsOf } from "./claims-of";
import { readDraft } from "./draft";
import { SPECS, valuesOf } from "./specs";
import { readTask, taskName, type ClaimTask as Task } from "./task";
import { Withdraw } from "./Withdraw";

/** The form that the task's name asks for, with the typing that was left in it. */
export function ClaimTask(props: TaskProps) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  const chart = useQueryOf("chart", { patient });
  const left = useLeft(patient, task);
  const asked = readTask(task);
  if (!asked) return null;
  if (chart.data && left) {
    return <Form key={task} {...props} asked={asked} chart={chart.data} left={left} />;
  }
  const title = t(asked.act === "add" ? `patients.add.${asked.kind}` : `patients.edit.${asked.kind}`);
  const close = () => onTask(null);
  if (chart.error) {
    const again = () => void chart.refetch();
    return (
      <RefusedPane title={title} refused={chart.error} onRetry={again} onClose={close} onThrowAway={null} />
    );
  }
  return (
    <Pane title={title} onClose={close}>
      <Skeleton lines={6} />
    </Pane>
  );
}

interface FormProps extends TaskProps {
  asked: Task;
  chart: Chart;
  left: Left;
}

function Form({ patient, task, asked, chart, left, onTask, onSaved }: FormProps) {
  const { t } = useTranslation();
  const { kind } = asked;
  const id = asked.act === "add" ? null : asked.id;
  // As it was when the form was opened: once it is withdrawn the chart has it no more.
  const [claim] = useState(() => claimsOf(chart, kind).find((each) => each.id === id) ?? null);
  const close = () => onTask(null);
  const throwAway = useThrowAway(patient, task, left);
  const kept = left.row && readDraft(left.row.text);
  const saved = ({ conflict }: Kept) => onSaved({ what: kind, conflict });
  if (id !== null && !claim) {
    return (
      <RefusedPane
        title={t(`patients.edit.${kind}`)}
        refused={{ code: "not_found", fields: {} }}
        onClose={close}
        onThrowAway={throwAway}
      />
    );
  }
  if (asked.act === "withdraw" && claim) {
    return (
      <Withdraw
        patient={patient}
        kind={kind}
        claim={claim}
        subject={task}
        left={left}
        onSaved={saved}
        onClose={close}
      />
    );
  }
  const before = valuesOf(SPECS[kind], claim?.details ?? {});
  return (
    <ClaimForm
      patient={patient}
      kind={kind}
      id={id}
      subject={task}
      draft={kept ?? { version: claim?.version ?? null, before, values: before }}
      left={kept && left.row ? left.row.at : null}
      disputed={claim?.disputed ?? []}
      onSaved={saved}
      onClose={close}
      onWithdraw={() => id !== null && onTask(taskName({ kind, act: "withdraw", id }))}
    />
  );
}
