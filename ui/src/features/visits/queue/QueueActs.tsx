import { Button as MantineButton, Menu } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { ConfirmDialog } from "../../../components/ConfirmDialog";
import { comboAria, useHotkey } from "../../../components/hotkey";
import { KeyHint } from "../../../components/KeyHint";
import type { QueueRow } from "../../../generated/QueueRow";
import type { Station } from "../../../generated/Station";
import { useMay } from "../../../host/session";
import { QUEUE_KEYS } from "../keys";
import { nextUrgency } from "../use-urgency";
import type { useQueueActs } from "./use-queue-acts";
import style from "./queue.module.css";

const STATIONS: readonly Station[] = ["nurse", "physician", "dental", "eye", "pharmacy"];

interface QueueActsProps {
  row: QueueRow;
  /** An act is under way. */
  busy: boolean;
  acts: ReturnType<typeof useQueueActs>;
  /** Calls to the room of this computer. */
  onCall: () => void;
  onOpen: () => void;
  /** The keys go back to the list. */
  onDone: () => void;
}

/** What can be done with the person under the mark, each by one key. */
export function QueueActs({ row, busy, acts, onCall, onOpen, onDone }: QueueActsProps) {
  const { t } = useTranslation();
  const mayEdit = useMay("visit.edit");
  const [moving, setMoving] = useState(false);
  const [asking, setAsking] = useState(false);
  const { ticket, urgency } = row;
  const number = ticket?.number ?? t("queue.no_ticket");
  const called = ticket?.called?.to;
  // A key is about the list: what is open over it has its own.
  const idle = !busy && !asking && !moving;
  const isFree = () => idle && !document.querySelector("[role=dialog]");
  const act = (work: () => void) => () => {
    if (!isFree()) return;
    work();
    onDone();
  };
  useHotkey(QUEUE_KEYS.move, () => isFree() && setMoving(true), ticket !== null);
  return (
    <div role="group" aria-label={t("queue.acts", { ticket: number })} className={style["acts"]}>
      <b aria-hidden="true">{number}</b>
      {ticket && (
        <>
          {row.earlier ? null : called != null ? (
            <Button shortcut={QUEUE_KEYS.again} onClick={act(() => acts.call(row, called))}>
              {t("queue.again")}
            </Button>
          ) : (
            <Button shortcut={QUEUE_KEYS.call} onClick={() => isFree() && onCall()}>
              {t("queue.call_this")}
            </Button>
          )}
          <Menu
            opened={moving}
            onChange={setMoving}
            onClose={onDone}
            position="bottom-start"
            shadow="none"
            returnFocus={false}
            withInitialFocusPlaceholder={false}
            hideDetached={false}
          >
            <Menu.Target>
              <MantineButton type="button" variant="default" aria-keyshortcuts={comboAria(QUEUE_KEYS.move)}>
                {t("queue.move")}
                <KeyHint combo={QUEUE_KEYS.move} />
              </MantineButton>
            </Menu.Target>
            <Menu.Dropdown>
              {STATIONS.filter((station) => station !== ticket.queue || ticket.status !== "waiting").map(
                (station) => (
                  <Menu.Item key={station} onClick={() => acts.move(row, station)}>
                    {t(`queue.station.${station}`)}
                  </Menu.Item>
                ),
              )}
            </Menu.Dropdown>
          </Menu>
        </>
      )}
      {mayEdit && row.status !== "completed" && (
        <Button shortcut={QUEUE_KEYS.urgency} onClick={act(() => acts.urge(row))}>
          {t(`queue.to_urgency.${nextUrgency(urgency)}`)}
        </Button>
      )}
      {ticket && row.status === "completed" && (
        <Button shortcut={QUEUE_KEYS.left} onClick={act(() => acts.finish(row))}>
          {t("queue.done")}
        </Button>
      )}
      {mayEdit && ticket && row.status !== "completed" && (
        <Button shortcut={QUEUE_KEYS.left} onClick={() => isFree() && setAsking(true)}>
          {t("queue.left")}
        </Button>
      )}
      <Button shortcut={QUEUE_KEYS.open} onClick={act(onOpen)}>
        {t("queue.open")}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t("queue.left_title", { ticket: number })}
        act={t("queue.left_act")}
        keep={t("queue.left_keep")}
        onAct={() => {
          setAsking(false);
          acts.leave(row);
          onDone();
        }}
        onClose={() => setAsking(false)}
        busy={busy}
      >
        {t("queue.left_text")}
      </ConfirmDialog>
    </div>
  );
}
