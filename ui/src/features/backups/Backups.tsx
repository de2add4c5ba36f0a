import { Link } from "@tanstack/react-router";
import { IconAlertTriangle, IconFileText, IconShieldCheck } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button, PrimaryButton } from "../../components/Button";
import { DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { tell } from "../../components/tell";
import { Workspace } from "../../components/Workspace";
import type { Backups as Shown } from "../../generated/Backups";
import type { TargetRow } from "../../generated/TargetRow";
import { useMay } from "../../host/session";
import { useCommand, useQueryOf } from "../../host/use-command";
import { spoken } from "../../i18n/spoken";
import { useBackupWords, useOnlyReads } from "./backup-words";
import { Damage, isDoubted } from "./Damage";
import { PointsCard } from "./PointsCard";
import { RestorePane, type From } from "./RestorePane";
import { useTargetColumns } from "./target-columns";
import { TargetPane } from "./TargetPane";
import { TrialCard } from "./TrialCard";
import { UnderWay } from "./UnderWay";
import style from "./Backups.module.css";

type Task = { kind: "add" } | { kind: "target"; id: string } | { kind: "restore"; from: From | null };

/** Where backups go, what is in one and what is in none, whether one comes back, and bringing one back. */
export function Backups({ tabs }: { tabs?: ReactNode }) {
  const { t } = useTranslation();
  const mayEdit = useMay("backup.edit");
  const mayRestore = useMay("backup.restore");
  const onlyReads = useOnlyReads();
  const list = useQueryOf("backups", {});
  const now = useCommand("back_up_now");
  const columns = useTargetColumns();
  const { size, counted } = useBackupWords();
  const [task, setTask] = useState<Task | null>(null);
  const close = () => setTask(null);
  const done = (sentence: string) => {
    close();
    tell(sentence);
  };
  const targets = list.data?.targets ?? [];
  const row = task?.kind === "target" ? targets.find(({ id }) => id === task.id) : undefined;
  const pane =
    task?.kind === "add" ? (
      <TargetPane
        server={list.data?.server !== null && targets.every(({ sort }) => sort !== "server")}
        onClose={close}
        onDone={done}
      />
    ) : task?.kind === "restore" ? (
      <RestorePane
        key={task.from?.from ?? ""}
        from={task.from}
        server={list.data?.server ?? null}
        onClose={close}
        onDone={done}
      />
    ) : (
      row && <TargetPane key={row.id} row={row} onClose={close} onDone={done} />
    );
  const backUp = () => {
    now.mutate({ target: null, complete: false }, { onSuccess: () => tell(t("backups.ordered")) });
  };
  const NowButton = task ? Button : PrimaryButton;
  const acts = list.data && (
    <Acts>
      {mayEdit && <Button onClick={() => setTask({ kind: "add" })}>{t("backups.edit")}</Button>}
      {targets.length > 0 && !onlyReads && (
        <NowButton shortcut="mod+b" onClick={backUp} loading={now.isPending}>
          {t("backups.now")}
        </NowButton>
      )}
    </Acts>
  );
  const note = list.data && (
    <span data-figures>
      {t("backups.here", {
        workstation: list.data.workstation,
        entries: counted("entries", list.data.entries),
        size: size(list.data.file_bytes),
      })}
    </span>
  );
  return (
    <Workspace pane={pane}>
      {tabs}
      <Screen title={t("backups.title")} note={note} action={acts}>
        {list.error && <RefusalNote refused={list.error} onRetry={() => void list.refetch()} />}
        {now.error && <RefusalNote refused={now.error} />}
        {list.isPending && <Skeleton lines={4} />}
        {list.data && (
          <>
            {onlyReads ? <NotLetIn /> : <Alarm shown={list.data} />}
            <UnderWay />
            <DataTable<TargetRow>
              caption={t("backups.caption")}
              columns={columns}
              rows={targets}
              keyOf={({ id }) => id}
              {...(mayEdit ? { onOpen: ({ id }) => setTask({ kind: "target", id }) } : {})}
              empty={<EmptyState text={t("backups.none")} />}
            />
            <Damage rows={targets} />
            <Faults rows={targets} />
            <div className={style["beside"]}>
              <PointsCard
                shown={list.data}
                mayRestore={mayRestore}
                onRestore={(from) => setTask({ kind: "restore", from })}
              />
              <TrialCard shown={list.data} />
            </div>
            <p className={style["papers"]}>
              <IconFileText size="1rem" stroke={1.8} aria-hidden="true" />
              <span>{t("backups.papers")}</span>
              <Link to="/admin/health">{t("backups.papers_act")}</Link>
            </p>
          </>
        )}
      </Screen>
    </Workspace>
  );
}

/** Why nothing is backed up at a computer that was restored, and when it goes on. */
function NotLetIn() {
  const { t } = useTranslation();
  return (
    <div className={style["alarm"]} data-alarm="know" role="status">
      <IconAlertTriangle size="1rem" stroke={1.8} aria-hidden="true" />
      <p>
        {t("backups.only_reads")} <Link to="/admin/health">{t("backups.let_in")}</Link>
      </p>
    </div>
  );
}

/** What is in no verified backup, and since when: it is the age of that which counts. */
function Alarm({ shown }: { shown: Shown }) {
  const { t } = useTranslation();
  const { moment } = useBackupWords();
  const { outside: count, outside_since: since, alarm, targets, every } = shown;
  if (targets.length === 0) return null;
  const unseen = targets.filter(({ unseen_days }) => unseen_days !== null);
  const exposed = targets.every(({ same_disk }) => same_disk);
  const doubted = targets.filter(isDoubted);
  const quiet = count === 0 && unseen.length === 0 && doubted.length === 0 && !exposed;
  // What is well is not written as loudly as what is wrong.
  const Told = count > 0 || quiet ? "b" : "span";
  const all = targets.filter((row) => !isDoubted(row) && row.last?.lacking === 0).map(({ name }) => name);
  return (
    <div className={style["alarm"]} data-alarm={alarm ?? (quiet ? "none" : "know")} role="status">
      {quiet ? (
        <IconShieldCheck size="1rem" stroke={1.8} aria-hidden="true" />
      ) : (
        <IconAlertTriangle size="1rem" stroke={1.8} aria-hidden="true" />
      )}
      <p>
        {exposed && <b>{t("backups.all_same_disk")} </b>}
        <Told data-figures>
          {count === 0 || since === null
            ? doubted.length > 0 && all.length > 0
              ? t("backups.all_in_at", { names: all.join(", ") })
              : t("backups.all_in")
            : t("backups.outside", { count, time: moment(since) })}
        </Told>{" "}
        {unseen.map(({ id, name, unseen_days }) => (
          <span key={id}>{t("backups.unseen", { name, count: unseen_days ?? 0 })} </span>
        ))}
        {doubted.length > 0 && (
          <span>{t("backups.no_backup", { names: doubted.map(({ name }) => name).join(", ") })} </span>
        )}
        {t("backups.every", { count: every })}
      </p>
    </div>
  );
}

/** Why the last run at a target did not succeed, and where this computer goes on beside what lies there. */
function Faults({ rows }: { rows: readonly TargetRow[] }) {
  const { t } = useTranslation();
  const { moment } = useBackupWords();
  // What is damaged is named by itself.
  const faulty = rows.filter(
    (row) =>
      row.fault !== null &&
      (row.state === "failed" || row.state === "damaged") &&
      !(isDoubted(row) && ["attacked", "damaged"].includes(row.fault)),
  );
  const beside = rows.filter((row) => row.beside !== null);
  if (faulty.length + beside.length === 0) return null;
  return (
    <ul className={style["faults"]}>
      {beside.map(({ id, name, beside: since }) => (
        <li key={`${id}-beside`} data-over>
          <b>{name}:</b> {t("backups.beside", { time: moment(since ?? "") })}
        </li>
      ))}
      {faulty.map(({ id, name, fault, damaged }) => (
        <li key={id}>
          <b>{name}:</b>{" "}
          {spoken(t, `backups.faults.${fault}`, t("backups.faults.other", { word: fault ?? "" }), {
            object: damaged ?? "",
          })}
        </li>
      ))}
    </ul>
  );
}
