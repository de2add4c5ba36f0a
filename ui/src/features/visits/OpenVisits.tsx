import { useTranslation } from "react-i18next";
import { DataTable, type Column } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { RefusalNote } from "../../components/RefusalNote";
import { Skeleton } from "../../components/Skeleton";
import { Tag } from "../../components/Tag";
import type { QueueRow } from "../../generated/QueueRow";
import type { Role } from "../../generated/Role";
import { useMay, useSession, useZone } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { useAge } from "../../i18n/use-age";
import { useDates } from "../../i18n/use-dates";
import { writtenName } from "../../i18n/written-name";
import { useClock } from "../../i18n/use-clock";
import { began, type Began } from "./use-start";
import { useWaited } from "./use-waited";
import style from "./OpenVisits.module.css";

type GroupName = "to_triage" | "to_see" | "with_me" | "with_others" | "waiting" | "triaged" | "under_way";

/** The open visits by what they mean to somebody's work, in the order in which they are worked on. */
export function groupsFor(role: Role | undefined, rows: readonly QueueRow[]): [GroupName, QueueRow[]][] {
  const of = (fits: (row: QueueRow) => boolean) => rows.filter(fits);
  const at = (status: QueueRow["status"]) => of((row) => row.status === status);
  const groups: [GroupName, QueueRow[]][] =
    role === "nurse" || role === "front_desk"
      ? [
          [role === "nurse" ? "to_triage" : "waiting", at("arrived")],
          ["triaged", at("triaged")],
          ["under_way", at("in_progress")],
        ]
      : [
          ["with_me", of((row) => row.status === "in_progress" && row.mine)],
          // Who was triaged is ready; who was not waits still.
          ["to_see", [...at("triaged"), ...at("arrived")]],
          ["with_others", of((row) => row.status === "in_progress" && !row.mine)],
        ];
  return groups.filter(([, found]) => found.length > 0);
}

/** Who is here now, by what there is to do with them: Enter opens the chart where the work goes on. */
export function OpenVisits({ onOpen }: { onOpen: (began: Began) => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const mayRead = useMay("chart.read");
  const visits = useQueryOf("queue", {}, { fresh: true });
  const { at: now } = useClock(useZone());
  if (visits.error) return <RefusalNote refused={visits.error} onRetry={() => void visits.refetch()} />;
  if (!visits.data) return <Skeleton lines={4} />;
  const passed = Math.max(0, Math.floor((now - visits.dataUpdatedAt) / 60_000));
  const groups = groupsFor(session?.role, visits.data.rows);
  const open = ({ person, visit, status }: QueueRow) =>
    onOpen(mayRead ? began(session?.role, person.id, visit, status) : { patient: person.id });
  if (groups.length === 0) {
    return (
      <section className={style["group"]} aria-label={t("visits.today.waiting")}>
        <h2>{t("visits.today.waiting")}</h2>
        <div className={style["none"]}>
          <EmptyState text={`${t("visits.today.none")} ${t("visits.today.find")}`} />
        </div>
      </section>
    );
  }
  const { more } = visits.data;
  return (
    <>
      {groups.map(([name, rows]) => (
        <section key={name} className={style["group"]}>
          <h2>
            {t(`visits.today.${name}`)} <span data-figures>{rows.length}</span>
          </h2>
          <Group name={name} rows={rows} passed={passed} onOpen={open} />
        </section>
      ))}
      {more !== undefined && <p className={style["none"]}>{t("visits.today.more", { count: more })}</p>}
    </>
  );
}

interface GroupProps {
  name: GroupName;
  rows: readonly QueueRow[];
  /** Minutes since the list was asked for. */
  passed: number;
  onOpen: (row: QueueRow) => void;
}

function Group({ name, rows, passed, onOpen }: GroupProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const { day: today } = useClock(useZone());
  const age = useAge();
  const waited = useWaited();
  const columns: Column<QueueRow>[] = [
    {
      head: t("visits.today.patient"),
      show: (row) => (
        <>
          <b>
            <bdi>{writtenName(row.person) || t("patients.unnamed")}</bdi>
          </b>
          <div className={style["small"]}>
            {[
              row.ticket?.number,
              age(row.person),
              row.person.sex && t(`patients.sex.${row.person.sex}`),
              row.person.number,
            ]
              .filter(Boolean)
              .join(" · ")}
          </div>
        </>
      ),
    },
    {
      head: t("visits.today.concern"),
      show: ({ kind, concern, attending, mine, status, urgency }) => (
        <>
          {urgency && urgency !== "ordinary" && (
            <>
              <Tag kind="danger">{t(`queue.urgency.${urgency}`)}</Tag>{" "}
            </>
          )}
          {concern || (kind && t(`patients.visit_type.${kind}`))}
          {status === "in_progress" && attending && !mine && (
            <div className={style["small"]}>{t("visits.tab.with", { name: attending })}</div>
          )}
          {name === "to_see" && status === "triaged" && (
            <div className={style["small"]}>
              <Tag kind="go">{t("patients.visit_status.triaged")}</Tag>
            </div>
          )}
        </>
      ),
    },
    {
      head: t("visits.today.since"),
      numeric: true,
      whole: true,
      show: ({ since, day }) => <time>{day === today ? since : `${date(day)} ${since}`}</time>,
    },
    {
      head: t(name.startsWith("with") || name === "under_way" ? "visits.today.lasts" : "visits.today.waited"),
      numeric: true,
      whole: true,
      show: ({ minutes }) => <span className={style["waited"]}>{waited(minutes + passed)}</span>,
    },
  ];
  return (
    <DataTable
      caption={t(`visits.today.${name}`)}
      columns={columns}
      rows={rows}
      keyOf={({ visit }) => visit}
      onOpen={onOpen}
      empty={null}
    />
  );
}
