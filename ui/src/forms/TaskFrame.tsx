import { Fragment, type ReactNode } from "react";
import { Pane } from "../components/Pane";
import { Skeleton } from "../components/Skeleton";
import type { Status } from "../generated/commands";
import type { RecordId } from "../generated/RecordId";
import type { CommandName, InputOf, OutputOf } from "../host/host";
import { useQueryOf } from "../host/use-command";
import { RefusedPane } from "./RefusedPane";
import { taskName, type Task } from "./task";
import { useAsOpened } from "./use-as-opened";
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
  onClose: () => void;
  /** The form, drawn upon what was found when it was opened; the answer is the newest. */
  children: (seen: Seen, left: Left, answer: OutputOf<Asked>) => ReactNode;
}

/** What was found, where anything new is taken in: a form that could not be kept is not begun. */
function looked<Seen>(found: Seen | { barred: string } | null, status: Status | undefined) {
  if (found && (status?.missing ?? 0) > 0) return { barred: "store_behind" };
  return found && status?.disk_short ? { barred: "disk_full" } : found;
}

/** What stands around the form of a task: until its record and its left typing are known, and where it cannot be drawn. */
export function TaskFrame<Asked extends CommandName, Seen extends object>(
  props: TaskFrameProps<Asked, Seen>,
) {
  const { title, patient, task, typing = task, ask, find, lines = 4, onClose, children } = props;
  const known = useQueryOf(...ask);
  const name = taskName(task);
  const left = useLeft(patient, typing);
  const throwAway = useThrowAway(patient, typing, left);
  const status = useQueryOf("status", {});
  const answered = status.data !== undefined || status.error !== null;
  const found = known.data === undefined || !answered ? null : looked(find(known.data), status.data);
  const seen = useAsOpened(name, found && !("barred" in found) ? found : null);
  if (seen && left && known.data) {
    return <Fragment key={name}>{children(seen, left, known.data)}</Fragment>;
  }
  const barred = found && "barred" in found ? (found.barred as string) : "not_found";
  if (known.error || (known.data !== undefined && answered && !seen)) {
    const again = known.error && known.error.code !== "not_found" ? known.refetch : null;
    return (
      <RefusedPane
        title={title}
        refused={known.error ?? { code: barred, fields: {} }}
        {...(again ? { onRetry: () => void again() } : {})}
        onClose={onClose}
        // What cannot be asked for now may be there all the same.
        onThrowAway={again || barred === "disk_full" || barred === "store_behind" ? null : throwAway}
      />
    );
  }
  return (
    <Pane title={title} onClose={onClose}>
      <Skeleton lines={lines} />
    </Pane>
  );
}
