import { useTranslation } from "react-i18next";
import { TaskFrame } from "../../../forms/TaskFrame";
import type { Kept } from "../../../generated/Kept";
import type { TaskProps } from "../../../records/parts";
import { ClaimForm } from "./ClaimForm";
import { claimsOf } from "./claims-of";
import type { ClaimKind } from "./specs";
import { Withdraw } from "./Withdraw";

/** The form that the task asks for, with the typing that was left in it. */
export function ClaimTask({ patient, task, onTask, onSaved }: TaskProps<ClaimKind>) {
  const { t } = useTranslation();
  const { of: kind } = task;
  const id = task.act === "add" ? null : task.id;
  const frame = {
    patient,
    kind,
    onSaved: ({ conflict }: Kept) => onSaved({ what: kind, conflict }),
    onClose: () => onTask(null),
  };
  return (
    <TaskFrame
      title={t(id === null ? `patients.add.${kind}` : `patients.edit.${kind}`)}
      patient={patient}
      task={task}
      ask={["chart", { patient }]}
      find={(all) => {
        const claim = claimsOf(all, kind).find((each) => each.id === id) ?? null;
        return id === null || claim ? { claim } : null;
      }}
      lines={6}
      onClose={frame.onClose}
    >
      {({ claim }, left, chart) =>
        task.act === "withdraw" && claim ? (
          <Withdraw {...frame} task={task} claim={claim} left={left} />
        ) : (
          <ClaimForm
            {...frame}
            task={task}
            claim={claim}
            chart={chart}
            left={left}
            onWithdraw={() => claim && onTask({ of: kind, act: "withdraw", id: claim.id })}
          />
        )
      }
    </TaskFrame>
  );
}
