import type { RecordId } from "../../../generated/RecordId";
import type { ClaimKind } from "./specs";

/** A form of the task pane: a new claim, one to change, or one to withdraw. */
export type ClaimTask =
  { kind: ClaimKind; act: "add" } | { kind: ClaimKind; act: "edit" | "withdraw"; id: RecordId };

const KINDS: readonly string[] = ["allergy", "problem", "medicine", "immunisation"] satisfies ClaimKind[];

/** The task as the address and the kept typing name it: `allergy.add`, `allergy.edit.ID`. */
export function taskName(task: ClaimTask): string {
  return task.act === "add" ? `${task.kind}.add` : `${task.kind}.${task.act}.${task.id}`;
}

/** The task of a name; null when the name is of something else. */
export function readTask(name: string): ClaimTask | null {
  const [kind = "", act, id] = name.split(".");
  if (!KINDS.includes(kind)) return null;
  if (act === "add") return { kind: kind as ClaimKind, act };
  return (act === "edit" || act === "withdraw") && id ? { kind: kind as ClaimKind, act, id } : null;
}
