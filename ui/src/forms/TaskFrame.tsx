import { Fragment, type ReactNode } from "react";
import { Pane } from "../components/Pane";
import { Skeleton } from "../components/Skeleton";
import type { RecordId } from "../generated/RecordId";
import type { CommandName, InputOf, OutputOf } from "../host/host";
import { useQueryOf } from "../host/use-command";
import { RefusedPane } from "./RefusedPane";
import { taskName, type Task } from "./task";
import { useAsOpened } from "./use-as-opened";
import { useBarring } from "./use-barred";
import { useLeft, useThrowAway, type Left } from "./use-left";

interface TaskFrameProps<Asked extends CommandName, Seen> {
  title: string;
  patient: RecordId;
  task: Task;
  /** The task whose typing it goes on from, where that is not its own. */
  typing?: Task;
  /** The question in whose answer its record is found. */
  ask: readonly [Asked, InputOf<Asked>];
  /** The record in the answer: what it is, why the form must not be drawn, or null where it is not there. */
  find: (answer: OutputOf<Asked>) => Seen | { barred: string } | null;
  lines?: number;
  /** Its form is a wide one. */
  wide?: boolean;
  onClose: () => void;
  /** The form, drawn upon what was found when it was opened; the answer is the newest. */
  children: (seen: Seen, left: Left, answer: OutputOf<Asked>) => ReactNode;
}

/** What stands around the form of a task: until its record and its left typing are known, and where it cannot be drawn. */
export function TaskFrame<Asked extends CommandName, Seen extends object>(
  props: TaskFrameProps<Asked, Seen>,
) {
  const {
    title,
    patient,
    task,
    typing = task,
    ask,
    find,
    lines = 4,
    wide = false,
    onClose,
    children,
  } = props;
  const known = useQueryOf(...ask);
  const name = taskName(task);
  const left = useLeft(patient, typing);
  const throwAway = useThrowAway(patient, typing, left);
  const barring = useBarring();
  const found = known.data === undefined || !barring.answered ? null : find(known.data);
  const why = found ? barring.why : null;
  const seen = useAsOpened(name, found && !why && !("barred" in found) ? found : null);
  if (seen && left && known.data) {
    return <Fragment key={name}>{children(seen, left, known.data)}</Fragment>;
  }
  if (known.error || (known.data !== undefined && barring.answered && !seen)) {
    const barred = found && "barred" in found ? (found.barred as string) : "not_found";
    const isThere = known.error !== null && known.error.code !== "not_found";
    const again = isThere ? () => void known.refetch() : why ? barring.again : null;
    return (
      <RefusedPane
        title={title}
        refused={known.error ?? why ?? { code: barred, fields: {} }}
        {...(again ? { onRetry: again } : {})}
        onClose={onClose}
        // What cannot be asked for now may be there all the same.
        onThrowAway={again ? null : throwAway}
      />
    );
  }
  return (
    <Pane title={title} wide={wide} onClose={onClose}>
      <Skeleton lines={lines} />
    </Pane>
  );
}
