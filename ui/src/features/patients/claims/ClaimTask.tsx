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
import { taskName } from "../../../forms/task";
import type { TaskProps } from "../../../records/parts";
import { ClaimForm } from "./ClaimForm";
import { claimsOf } from "./claims-of";
import { readDraft } from "./draft";
import { SPECS, valuesOf, type ClaimKind } from "./specs";
import { Withdraw } from "./Withdraw";

/** The form that the task's name asks for, with the typing that was left in it. */
export function ClaimTask(props: TaskProps<ClaimKind>) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  const chart = useQueryOf("chart", { patient });
  const left = useLeft(patient, taskName(task));
  if (chart.data && left) {
    return <Form key={taskName(task)} {...props} chart={chart.data} left={left} />;
  }
  const title = t(task.act === "add" ? `patients.add.${task.of}` : `patients.edit.${task.of}`);
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

interface FormProps extends TaskProps<ClaimKind> {
  chart: Chart;
  left: Left;
}

function Form({ patient, task, chart, left, onTask, onSaved }: FormProps) {
  const { t } = useTranslation();
  const { of: kind } = task;
  const subject = taskName(task);
  const id = task.act === "add" ? null : task.id;
  // As it was when the form was opened: once it is withdrawn the chart has it no more.
  const [claim] = useState(() => claimsOf(chart, kind).find((each) => each.id === id) ?? null);
  const close = () => onTask(null);
  const throwAway = useThrowAway(patient, subject, left);
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
  if (task.act === "withdraw" && claim) {
    return (
      <Withdraw
        patient={patient}
        kind={kind}
        claim={claim}
        subject={subject}
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
      subject={subject}
      draft={kept ?? { version: claim?.version ?? null, before, values: before }}
      left={kept && left.row ? left.row.at : null}
      disputed={claim?.disputed ?? []}
      onSaved={saved}
      onClose={close}
      onWithdraw={() => id !== null && onTask({ of: kind, act: "withdraw", id })}
    />
  );
}
