import type { TaskOf } from "../../../forms/task";

/** What a new certificate is to be besides itself. */
export interface Origin {
  /** The certificate that it extends. */
  extends?: string | undefined;
  /** The certificate whose place it takes. */
  replaces?: string | undefined;
}

/** The task of a new certificate. */
export function newTask(origin: Origin): TaskOf<"certificate"> {
  if (origin.extends) return { of: "certificate", act: "extend", certificate: origin.extends };
  if (origin.replaces) return { of: "certificate", act: "replace", certificate: origin.replaces };
  return { of: "certificate", act: "add" };
}
