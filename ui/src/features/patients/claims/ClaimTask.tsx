import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import { TextButton } from "../../../components/TextButton";
import type { Chart } from "../../../generated/Chart";
import type { Kept } from "../../../generated/Kept";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { useLeft, type Left } from "../../../host/use-left";
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
  return (
    <Pane
      title={t(asked.act === "add" ? `patients.add.${asked.kind}` : `patients.edit.${asked.kind}`)}
      onClose={() => onTask(null)}
    >
      {chart.error ? (
        <RefusalNote refused={chart.error} onRetry={() => void chart.refetch()} />
      ) : (
        <Skeleton lines={6} />
      )}
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
  const scratch = useCommand("keep_scratch");
  const throwAway = () => {
    scratch.mutate({ patient, subject: task, text: "" });
    close();
  };
  const kept = left.row && readDraft(left.row.text);
  const saved = ({ conflict }: Kept) => onSaved({ what: kind, conflict });
  if (id !== null && !claim) {
    return (
      <Pane title={t(`patients.edit.${kind}`)} onClose={close}>
        <RefusalNote refused={{ code: "not_found", fields: {} }} />
        {left.row && (
          <div>
            <TextButton onClick={throwAway}>{t("patients.throw_away")}</TextButton>
          </div>
        )}
      </Pane>
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
      restored={kept !== null}
      disputed={claim?.disputed ?? []}
      onSaved={saved}
      onClose={close}
      onWithdraw={() => id !== null && onTask(taskName({ kind, act: "withdraw", id }))}
    />
  );
}
