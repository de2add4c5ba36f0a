import { useEffect } from "react";

/** The keys start in the field that a person fills in first: what is before it has its usual value already. */
export function useFirstField(around: HTMLElement | null): void {
  useEffect(() => around?.querySelector<HTMLElement>("[data-field='reason'] textarea")?.focus(), [around]);
}
