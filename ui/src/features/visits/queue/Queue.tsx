import { useRouter } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../../components/Acts";
import { Button, PrimaryButton } from "../../../components/Button";
import { EmptyState } from "../../../components/EmptyState";
import { TextField } from "../../../components/fields";
import { KeyHint } from "../../../components/KeyHint";
import { RefusalNote } from "../../../components/RefusalNote";
import { Screen } from "../../../components/Screen";
import { Skeleton } from "../../../components/Skeleton";
import { tell } from "../../../components/tell";
import { Workspace } from "../../../components/Workspace";
import type { Queue as Rows } from "../../../generated/Queue";
import type { QueueRow } from "../../../generated/QueueRow";
import { useHost } from "../../../host/HostProvider";
import { useMay, useSession, useZone } from "../../../host/session";
import { useQueryOf } from "../../../host/use-command";
import { useClock } from "../../../i18n/use-clock";
import { QUEUE_KEYS } from "../keys";
import { began, type Began } from "../use-start";
import { DaySheet } from "./DaySheet";
import { groupsOf, nextOf } from "./groups";
import { QueueActs } from "./QueueActs";
import { QueueOption } from "./QueueOption";
import { useCalls } from "./use-calls";
import { useQueueActs } from "./use-queue-acts";
import style from "./queue.module.css";

interface QueueProps {
  /** Opens the chart where the work goes on. */
  onOpen: (began: Began) => void;
}

/** Who waits, who is called and who is with somebody: Enter calls the next. */
export function Queue({ onOpen }: QueueProps) {
  const { t } = useTranslation();
  const host = useHost();
  const queue = useQueryOf("queue", {}, { fresh: true });
  const { at: now } = useClock(useZone());
  const showBoard = () => void host.openBoard().catch(() => tell(t("queue.board_failed")));
  const passed = Math.max(0, Math.floor((now - queue.dataUpdatedAt) / 60_000));
  return (
    <Workspace>
      <Screen
        title={t("place.queue")}
        action={
          <Acts>
            {queue.data && (
              <span className={style["small"]}>{t("queue.here", { count: queue.data.rows.length })}</span>
            )}
            <DaySheet />
            <Button onClick={showBoard}>{t("queue.board")}</Button>
          </Acts>
        }
      >
        {queue.error && <RefusalNote refused={queue.error} onRetry={() => void queue.refetch()} />}
        {queue.isPending && <Skeleton lines={6} />}
        {queue.data && <Line queue={queue.data} passed={passed} onOpen={onOpen} />}
      </Screen>
    </Workspace>
  );
}

interface LineProps extends QueueProps {
  queue: Rows;
  /** Minutes since the queue was asked for. */
  passed: number;
}

function Line({ queue, passed, onOpen }: LineProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const role = useSession()?.role;
  const mayRead = useMay("chart.read");
  const acts = useQueueActs();
  const list = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const { called, waiting, rooms, before } = groupsOf(queue.rows);
  const rows = [...called, ...waiting, ...rooms, ...before];
  const next = nextOf(waiting, role);
  // The mark stays on the person, wherever they stand meanwhile.
  const marked = rows.find(({ visit }) => visit === chosen) ?? next ?? rows[0] ?? null;
  // The keys go to the list, and the acts above it stay in sight.
  const toList = () => list.current?.focus({ preventScroll: true });
  const field = useRef<HTMLDivElement>(null);
  const toField = () => {
    const input = field.current?.querySelector("input");
    input?.focus();
    input?.select();
  };
  const calls = useCalls(queue, acts.call, toField, toList);
  const callNext = () => {
    if (!next || acts.busy) return;
    setChosen(next.visit);
    calls.call(next);
  };
  const begin = useEffectEvent(() => {
    const { activeElement } = document;
    // Whoever came by the rail is still at its link.
    const inside = activeElement?.closest("main, [role=dialog]");
    if (!inside || activeElement?.matches("main, h1")) toList();
  });
  useEffect(() => {
    begin();
    return router.subscribe("onRendered", () => begin());
  }, [router]);
  useEffect(() => {
    // At first the acts are what there is to see.
    if (chosen === null) return;
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView?.({ block: "nearest" });
  }, [chosen, marked?.visit]);
  const open = ({ person, visit, status }: QueueRow) =>
    onOpen(mayRead ? began(role, person.id, visit, status) : { patient: person.id });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = rows.findIndex(({ visit }) => visit === marked?.visit);
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: rows.length - 1,
    };
    const to = moves[event.key];
    if (to === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (to !== undefined) setChosen(rows[to]?.visit ?? marked?.visit ?? null);
    // A key that is held calls one.
    else if (!event.repeat) callNext();
  };
  if (rows.length === 0) {
    return (
      <div className={style["none"]}>
        <EmptyState text={`${t("visits.today.none")} ${t("visits.today.find")}`} />
      </div>
    );
  }
  const groups = [
    ["called", called, t("queue.called_hint")],
    ["waiting", waiting, t("queue.waiting_hint")],
    ["rooms", rooms, ""],
    ["before", before, t("queue.before_hint")],
  ] as const;
  return (
    <>
      <div className={style["foot"]}>
        <PrimaryButton onClick={callNext} disabled={!next || acts.busy}>
          {next ? t("queue.call", { ticket: next.ticket?.number ?? "" }) : t("queue.nobody")}
          <KeyHint combo={QUEUE_KEYS.next} />
        </PrimaryButton>
        {marked && (
          <QueueActs
            row={marked}
            busy={acts.busy}
            acts={acts}
            onCall={() => calls.call(marked)}
            onOpen={() => open(marked)}
            onDone={toList}
          />
        )}
        <div ref={field} className={style["room"]} data-asked={calls.asked !== null}>
          <TextField
            label={t("queue.room")}
            name="room"
            value={calls.room}
            onChange={calls.onChange}
            onKeyDown={calls.onKeyDown}
            hint={calls.asked && t("queue.room_asked", { ticket: calls.asked.ticket?.number ?? "" })}
            error={calls.lacks ? t("queue.room_lacks") : null}
          />
        </div>
      </div>
      <div
        ref={list}
        className={style["list"]}
        role="listbox"
        aria-label={t("queue.list")}
        aria-activedescendant={marked ? `queue-${marked.visit}` : undefined}
        aria-keyshortcuts={QUEUE_KEYS.next}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {groups.map(
          ([name, of, hint]) =>
            of.length > 0 && (
              <div key={name} role="group" aria-label={t(`queue.${name}`)}>
                <div className={style["head"]} aria-hidden="true">
                  <b>
                    {t(`queue.${name}`)} <span data-figures>{of.length}</span>
                  </b>
                  <span>{hint}</span>
                </div>
                {of.map((row) => (
                  <QueueOption
                    key={row.visit}
                    row={row}
                    passed={passed}
                    marked={row.visit === marked?.visit}
                    onMark={() => setChosen(row.visit)}
                    onOpen={() => open(row)}
                  />
                ))}
              </div>
            ),
        )}
      </div>
      {queue.more !== undefined && <p>{t("visits.today.more", { count: queue.more })}</p>}
    </>
  );
}
