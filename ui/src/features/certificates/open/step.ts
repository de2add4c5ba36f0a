import type { TaskOf } from "../../../forms/task";
import type { View } from "../types";

/** The steps that ask for a reason. */
export const STEPS = ["return", "reject", "revoke"] as const;
export type Step = (typeof STEPS)[number];

/** Whether this person may take the step now. */
export function mayStep({ may }: View, step: Step): boolean {
  return { return: may.give_back, reject: may.reject, revoke: may.revoke }[step];
}

/** The task of giving the reason for a step. */
export function stepTask(act: Step, certificate: string): TaskOf<"certificate"> {
  return { of: "certificate", act, certificate };
}
