import { useTranslation } from "react-i18next";
import type { RecordId } from "../../generated/RecordId";
import type { Urgency } from "../../generated/Urgency";
import { useCommand } from "../../host/use-command";
import { useTelling } from "../../records/use-telling";

/** How urgent somebody is who is made more so. */
const NEXT: Record<Urgency, Urgency> = { ordinary: "urgent", urgent: "now", now: "ordinary" };

/** A visit and how urgent it is now. */
export interface Urged {
  visit: RecordId;
  version: number;
  now: Urgency | null;
  /** The sign that is critical, where one is. */
  why?: string | null;
}

/** What the next press makes of it. */
export function nextUrgency(now: Urgency | null): Urgency {
  return NEXT[now ?? "ordinary"];
}

/** Says how soon somebody has to be seen: one press is one step. */
export function useUrgency(): { step: (of: Urged) => void; busy: boolean } {
  const { t } = useTranslation();
  const { mutateAsync, isPending } = useCommand("edit_visit");
  const telling = useTelling();
  const step = ({ visit, version, now, why }: Urged) => {
    const urgency = nextUrgency(now);
    // Who can wait has no sign that says otherwise; else the sign that stands is kept unless another is told.
    const sign = urgency === "ordinary" ? { urgent_for: null } : why ? { urgent_for: why } : {};
    telling(async () => {
      const { conflict } = await mutateAsync({ id: visit, version, patch: { urgency, ...sign } });
      return t(conflict ? "visits.saved_conflict" : `queue.told_urgency.${urgency}`);
    });
  };
  return { step, busy: isPending };
}
