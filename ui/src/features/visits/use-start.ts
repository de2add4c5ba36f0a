import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { tell } from "../../components/tell";
import type { RecordId } from "../../generated/RecordId";
import type { Role } from "../../generated/Role";
import type { VisitStatus } from "../../generated/VisitStatus";
import { asRefused } from "../../host/host";
import { useHost } from "../../host/HostProvider";
import { useMay, useSession } from "../../host/session";
import { useCommand } from "../../host/use-command";
import { refusalLine } from "../../i18n/refusal";
import type { Task } from "../../forms/task";

/** The roles with whom a visit is under way as soon as they start it; at anybody else's it waits. */
const ATTENDING: readonly Role[] = ["doctor", "dentist", "optometrist"];

/** Where a visit is gone on with: its note or its reason in the task pane, or the tab of the vital signs. */
export interface Began {
  patient: RecordId;
  tab?: "vitals";
  task?: Task;
}

/** Where this person goes on with a visit: who is still to be triaged is measured first by the nurse. */
export function began(
  role: Role | undefined,
  patient: RecordId,
  visit: RecordId,
  status: VisitStatus,
): Began {
  if (role === "nurse" && status === "arrived") return { patient, tab: "vitals" };
  return { patient, task: { of: "note", visit } };
}

/**
 * Starts a visit of somebody who is in none, or finds the one they are in; a refusal is told in passing. Pressed again
 * before it is done, it does nothing. Why they came is asked next: of a clinician by the note, of anybody else by itself.
 */
export function useStart(): { start: (patient: RecordId) => Promise<Began | null>; busy: boolean } {
  const { t } = useTranslation();
  const host = useHost();
  const cache = useQueryClient();
  const role = useSession()?.role;
  const mayRead = useMay("chart.read");
  const command = useCommand("start_visit");
  const acting = useRef(false);
  const [busy, setBusy] = useState(false);
  const there = (patient: RecordId, visit: RecordId, status: VisitStatus): Began =>
    mayRead ? began(role, patient, visit, status) : { patient };
  const start = async (patient: RecordId): Promise<Began | null> => {
    if (acting.current) return null;
    acting.current = true;
    setBusy(true);
    try {
      const { visit } = await host.call("banner", { patient });
      if (visit) return there(patient, visit.id, visit.status);
      const status = role && ATTENDING.includes(role) ? "in_progress" : "arrived";
      // Nobody has said yet what it is for.
      const kept = await command.mutateAsync({ patient, kind: null, concern: null, status });
      await cache.invalidateQueries({ queryKey: ["banner", { patient }] });
      if (status === "in_progress") return began(role, patient, kept.id, status);
      const next = mayRead ? began(role, patient, kept.id, status) : { patient };
      return { ...next, task: { of: "visit", visit: kept.id } };
    } catch (reason) {
      const { code, fields } = asRefused(reason);
      // Somebody was quicker: at another window, or what they did came just now.
      if (code === "in_visit") {
        await cache.invalidateQueries({ queryKey: ["banner", { patient }] });
        return there(patient, fields["visit"] as RecordId, fields["status"] as VisitStatus);
      }
      tell(refusalLine(t, { code, fields }));
      return null;
    } finally {
      acting.current = false;
      setBusy(false);
    }
  };
  return { start, busy };
}
