import { useTranslation } from "react-i18next";
import { tell } from "../../../components/tell";
import type { QueueRow } from "../../../generated/QueueRow";
import type { Station } from "../../../generated/Station";
import type { Refused } from "../../../host/host";
import { useCommand } from "../../../host/use-command";
import { refusalLine } from "../../../i18n/refusal";
import { useUrgency } from "../use-urgency";

/** What is done with somebody of the queue; each act tells how it went. */
export function useQueueActs() {
  const { t } = useTranslation();
  const call = useCommand("call");
  const step = useCommand("step_ticket");
  const urgency = useUrgency();
  const refused = (refusal: Refused) => tell(refusalLine(t, refusal));
  return {
    busy: call.isPending || step.isPending || urgency.busy,
    /** Calls a ticket to a room, also one that was called before. */
    call: ({ ticket }: QueueRow, to: string) => {
      if (!ticket) return;
      const { id, version, number } = ticket;
      void call
        .mutateAsync({ ticket: id, version, to: to.trim() || null })
        .then(() => tell(t("queue.told_called", { ticket: number, room: to.trim() })), refused);
    },
    /** Has somebody wait for another station, under the same number. */
    move: ({ ticket }: QueueRow, queue: Station) => {
      if (!ticket) return;
      const { id, version, number } = ticket;
      void step
        .mutateAsync({ ticket: id, version, to: "moved", queue })
        .then(
          () => tell(t("queue.told_moved", { ticket: number, station: t(`queue.station.${queue}`) })),
          refused,
        );
    },
    /** Ends the ticket and the visit of who went away. */
    leave: ({ ticket }: QueueRow) => {
      if (!ticket) return;
      const { id, version, number } = ticket;
      void step
        .mutateAsync({ ticket: id, version, to: "left", queue: null })
        .then(() => tell(t("queue.told_left", { ticket: number })), refused);
    },
    /** Ends the ticket of who was moved on and whose visit is over. */
    finish: ({ ticket }: QueueRow) => {
      if (!ticket) return;
      const { id, version, number } = ticket;
      void step
        .mutateAsync({ ticket: id, version, to: "done", queue: null })
        .then(() => tell(t("queue.told_done", { ticket: number })), refused);
    },
    /** One step more urgent, and from the highest back to the turn. */
    urge: ({ visit, version, urgency: now, urgent_for }: QueueRow) =>
      urgency.step({ visit, version, now, why: urgent_for }),
  };
}
