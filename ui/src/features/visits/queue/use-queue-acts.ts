import { useTranslation } from "react-i18next";
import type { QueueRow } from "../../../generated/QueueRow";
import type { QueueTicket } from "../../../generated/QueueTicket";
import type { Station } from "../../../generated/Station";
import type { StepTicket } from "../../../generated/StepTicket";
import { useCommand } from "../../../host/use-command";
import { useTelling } from "../../../records/use-telling";
import { useUrgency } from "../use-urgency";

/** What is done with somebody of the queue; each act tells how it went. */
export function useQueueActs() {
  const { t } = useTranslation();
  const call = useCommand("call");
  const step = useCommand("step_ticket");
  const urgency = useUrgency();
  const telling = useTelling();
  const go = (
    ticket: QueueTicket | null,
    to: Pick<StepTicket, "to" | "queue">,
    said: (number: string) => string,
  ) => {
    if (!ticket) return;
    const { id, version, number } = ticket;
    telling(() => step.mutateAsync({ ticket: id, version, ...to }).then(() => said(number)));
  };
  return {
    busy: call.isPending || step.isPending || urgency.busy,
    /** Calls a ticket to a room, also one that was called before. */
    call: ({ ticket }: QueueRow, to: string) => {
      if (!ticket) return;
      const { id, version, number } = ticket;
      const said = () => t("queue.told_called", { ticket: number, room: to.trim() });
      telling(() => call.mutateAsync({ ticket: id, version, to: to.trim() || null }).then(said));
    },
    /** Has somebody wait for another station, under the same number. */
    move: ({ ticket }: QueueRow, queue: Station) =>
      go(ticket, { to: "moved", queue }, (number) =>
        t("queue.told_moved", { ticket: number, station: t(`queue.station.${queue}`) }),
      ),
    /** Ends the ticket and the visit of who went away. */
    leave: ({ ticket }: QueueRow) =>
      go(ticket, { to: "left", queue: null }, (number) => t("queue.told_left", { ticket: number })),
    /** Ends the ticket of who was moved on and whose visit is over. */
    finish: ({ ticket }: QueueRow) =>
      go(ticket, { to: "done", queue: null }, (number) => t("queue.told_done", { ticket: number })),
    /** One step more urgent, and from the highest back to the turn. */
    urge: ({ visit, version, urgency: now, urgent_for }: QueueRow) =>
      urgency.step({ visit, version, now, why: urgent_for }),
  };
}
