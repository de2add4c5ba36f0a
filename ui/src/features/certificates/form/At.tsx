import type { ReactNode } from "react";
import type { FieldName } from "./values";

/** The place of a field, by which it is found when something is told at it. */
export function At({ name, children }: { name: FieldName; children: ReactNode }) {
  return <div data-field={name}>{children}</div>;
}
