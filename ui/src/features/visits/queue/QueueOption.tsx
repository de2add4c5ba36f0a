import { useTranslation } from "react-i18next";
import { Tag } from "../../../components/Tag";
import type { QueueRow } from "../../../generated/QueueRow";
import { writtenName } from "../../../i18n/written-name";
import { useWaited } from "../use-waited";
import style from "./queue.module.css";

interface QueueOptionProps {
  row: QueueRow;
  /** Minutes since the queue was asked for. */
  passed: number;
  /** The acts are about this one. */
  marked: boolean;
  onMark: () => void;
  onOpen: () => void;
}

/** Somebody of the queue: ticket, name, why they came, why they stand here, and since when. */
export function QueueOption({ row, passed, marked, onMark, onOpen }: QueueOptionProps) {
  const { t } = useTranslation();
  const waited = useWaited();
  const { ticket, person, concern, kind, attending, urgency, urgent_for, why, estimate, minutes } = row;
  const { called } = ticket ?? {};
  const reason = concern || (kind && t(`patients.visit_type.${kind}`));
  const cause = urgent_for || reason;
  const level = urgency && urgency !== "ordinary" ? t(`queue.urgency.${urgency}`) : null;
  const waits = ticket?.status === "waiting";
  const small = [
    !level && reason,
    level && urgent_for && reason,
    called && t("queue.called_to", { room: called.to, time: called.at }),
    called && called.times > 1 && t("queue.called_times", { count: called.times }),
    !called && ticket?.queue && t(`queue.station.${ticket.queue}`),
    attending,
    waits && why === "waited" && t("queue.waited"),
    waits && estimate !== null && estimate > 0 && t("queue.estimate", { count: estimate }),
  ];
  return (
    // The keys stay in the list; the pointer is served here.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={`queue-${row.visit}`}
      role="option"
      tabIndex={-1}
      aria-selected={marked}
      className={style["row"]}
      data-urgent={level !== null}
      data-waited={waits && why === "waited"}
      onClick={onMark}
      onDoubleClick={onOpen}
    >
      <span className={style["ticket"]}>{ticket?.number ?? "–"}</span>
      <span className={style["person"]}>
        <span>
          <bdi>{writtenName(person) || t("patients.unnamed")}</bdi>
        </span>
        {level && (
          <span className={style["urgent"]}>
            {cause ? t("queue.urgent_for", { urgency: level, why: cause }) : level}
          </span>
        )}
        <span className={style["small"]}>{small.filter(Boolean).join(" · ")}</span>
        {called?.elsewhere && <Tag kind="warn">{t("queue.elsewhere", { room: called.elsewhere })}</Tag>}
      </span>
      <span className={style["waited"]} data-figures>
        {level && <span aria-hidden="true">‼ </span>}
        {waited((called?.minutes ?? minutes) + passed)}
      </span>
    </div>
  );
}
