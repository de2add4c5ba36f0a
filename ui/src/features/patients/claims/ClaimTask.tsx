import { useTranslation } from "react-i18next";
import { TaskFrame } from "../../../forms/TaskFrame";
import type { Kept } from "../../../generated/Kept";
import type { TaskProps } from "../../../records/parts";
import { ClaimForm } from "./ClaimForm";
import type { AnyClaim, ClaimKind } from "../../../records/kind";
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
      title={t(id === null ? `record.${kind}.add` : `record.${kind}.one`)}
      patient={patient}
      task={task}
      // A new one is of a person whom the banner has.
      ask={id === null ? (["banner", { patient }] as const) : ([kind, { id }] as const)}
      find={(found) => ({ claim: id === null ? null : (found as AnyClaim) })}
      lines={6}
      onClose={frame.onClose}
    >
      {({ claim }, left) =>
        task.act === "withdraw" && claim ? (
          <Withdraw {...frame} task={task} claim={claim} left={left} />
        ) : (
          <ClaimForm
            {...frame}
            task={task}
            claim={claim}
            left={left}
            onWithdraw={() => claim && onTask({ of: kind, act: "withdraw", id: claim.id })}
          />
        )
      }
    </TaskFrame>
  );
}
