import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button, PrimaryButton } from "../../components/Button";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { CheckField, TextArea } from "../../components/fields";
import { Pane } from "../../components/Pane";
import { RefusalNote } from "../../components/RefusalNote";
import { Segmented } from "../../components/Segmented";
import type { Restore } from "../../generated/Restore";
import type { RestorePlan } from "../../generated/RestorePlan";
import type { RestoreMode } from "../../generated/RestoreMode";
import { useHost } from "../../host/HostProvider";
import { asRefused, type Refused } from "../../host/host";
import { useCommand, useQueryOf } from "../../host/use-command";
import { InSight } from "./InSight";
import { InstallationField } from "./InstallationField";
import { useBackupWords, useOnlyReads, usePapersFault, usePointTime, type Dated } from "./backup-words";
import { LeftOut } from "./LeftOut";
import { OlderPoint } from "./OlderPoint";
import { PointField } from "./PointField";
import style from "./Backups.module.css";

/** A backup that is meant already: the id of a target or of a chosen place, or a store that was set aside. */
export interface From {
  from: string;
  /** What it is called. */
  name: string;
  /** The point, with its time in words; the last one where none is said. */
  point?: { number: number; at: string; time: string; entries: number; files: number };
  /** Of this computer: it opens without a paper. */
  own: boolean;
  /** A store that was set aside here, and no backup. */
  aside?: boolean;
  /** The clinic's server: what is there is found with its papers. */
  server?: boolean;
}

interface RestorePaneProps {
  from: From | null;
  /** The address of the clinic's server, where it has one. */
  server: string | null;
  onClose: () => void;
  onDone: (sentence: string) => void;
}

/** Brings a backup back: first what would change, then the act. Until then nothing is written. */
export function RestorePane({ from: given, server, onClose, onDone }: RestorePaneProps) {
  const { t } = useTranslation();
  const [from, setFrom] = useState(given);
  if (from === null) return <ChoosePane server={server} onClose={onClose} onChoose={setFrom} />;
  return (
    <PlanPane
      key={from.from}
      from={from}
      onClose={onClose}
      onDone={onDone}
      title={t("backups.restore.title")}
    />
  );
}

/** Where the backup lies: a folder or stick, the clinic's server, or what was set aside on this computer. */
function ChoosePane({
  server,
  onClose,
  onChoose,
}: {
  server: string | null;
  onClose: () => void;
  onChoose: (from: From) => void;
}) {
  const { t } = useTranslation();
  const host = useHost();
  const aside = useQueryOf("stores_set_aside", {}, { fresh: true });
  const [unchosen, setUnchosen] = useState<Refused | null>(null);
  const names = aside.data?.names ?? [];
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => body.current?.querySelector("button")?.focus(), []);
  const choose = () => {
    setUnchosen(null);
    host.chooseFolder().then(
      (folder) => folder !== null && onChoose({ from: folder.id, name: folder.name, own: false }),
      (reason) => setUnchosen(asRefused(reason)),
    );
  };
  return (
    <Pane title={t("backups.restore.title")} onClose={onClose} status={t("backups.restore.nothing_written")}>
      <div ref={body} className={style["pane"]}>
        {unchosen && <RefusalNote refused={unchosen} />}
        <p>{t("backups.restore.choose_note")}</p>
        <Acts>
          <PrimaryButton onClick={choose}>{t("backups.restore.choose")}</PrimaryButton>
          {server !== null && (
            <Button
              onClick={() =>
                onChoose({ from: server, name: t("backups.restore.server"), own: false, server: true })
              }
            >
              {t("backups.restore.from_server")}
            </Button>
          )}
        </Acts>
        {names.length > 0 && (
          <>
            <h3>{t("backups.set_aside")}</h3>
            <Acts>
              {names.map((name) => (
                <Button key={name} onClick={() => onChoose({ from: name, name, own: true, aside: true })}>
                  {name}
                </Button>
              ))}
            </Acts>
          </>
        )}
      </div>
    </Pane>
  );
}

interface PlanPaneProps {
  title: string;
  from: From;
  onClose: () => void;
  onDone: (sentence: string) => void;
}

function PlanPane({ title, from, onClose, onDone }: PlanPaneProps) {
  const { t } = useTranslation();
  const { counted } = useBackupWords();
  const papersFault = usePapersFault();
  const pointTime = usePointTime();
  const onlyReads = useOnlyReads();
  // Where this computer was restored, what lies there is of several, and the one with the point is meant.
  const [several, setSeveral] = useState(false);
  const asksWhich = (error: Refused | null) => error?.fields["field"] === "installation";
  const knows = (from.point !== undefined && !several) || from.aside === true;
  const [shown, setShown] = useState<string | null>(null);
  const sources = useQueryOf(
    "restore_sources",
    { from: from.from, ...(shown === null ? {} : { papers: shown }) },
    { enabled: !knows && (from.server !== true || shown !== null), fresh: true },
  );
  const plan = useCommand("plan_restore");
  const restore = useCommand("restore");
  const [named, setNamed] = useState("");
  const [number, setNumber] = useState(String(from.point?.number ?? ""));
  // The whole one that is taken in the place of a damaged one.
  const [instead, setInstead] = useState<Dated | null>(null);
  const [papers, setPapers] = useState("");
  const [mode, setMode] = useState<RestoreMode>("rejoin");
  const [older, setOlder] = useState(false);
  const [asking, setAsking] = useState(false);
  const rows = sources.data?.rows ?? [];
  // Of several computers nobody guesses which is meant.
  const row =
    rows.find(({ installation }) => installation === named) ??
    rows.find(({ points }) =>
      points.some((each) => each.number === from.point?.number && each.at === from.point.at),
    ) ??
    (rows[1] ? undefined : rows[0]);
  // What was set aside when another computer's backup took its place has a key of its own.
  const [locked, setLocked] = useState(false);
  const lacksPapers = (error: Refused) => from.aside === true && error.fields["field"] === "papers";
  const own = (from.own && !locked && !several) || row?.own === true;
  const point = row?.points.find((each) => String(each.number) === number) ?? row?.points[0];
  const change = (act: () => void) => {
    // What was looked at is another thing from here on.
    plan.reset();
    restore.reset();
    act();
  };
  const input: Restore = {
    from: from.from,
    mode,
    older,
    ...(row ? { installation: row.installation } : {}),
    ...(instead !== null
      ? { point: instead.number }
      : from.point !== undefined && !several
        ? { point: from.point.number }
        : point
          ? { point: point.number }
          : {}),
    ...(own || papers.trim() === "" ? {} : { papers }),
  };
  const ready = (knows && !locked) || ((knows || row !== undefined) && (own || papers.trim() !== ""));
  const finds = from.server === true && rows.length === 0;
  const look = () => {
    if (finds) setShown(papers);
    if (!ready || plan.isPending) return;
    plan.mutate(input, {
      onError: (error) => {
        if (lacksPapers(error)) setLocked(true);
        if (asksWhich(error)) setSeveral(true);
      },
    });
  };
  const act = () => {
    if (restore.isPending) return;
    restore.mutate(input, {
      onSuccess: ({ added, files_missing: missing }) =>
        onDone(
          [
            mode === "replace"
              ? t("backups.restore.replaced")
              : t("backups.restore.taken_in", { count: added }),
            ...(missing > 0 ? [t("backups.restore.files_missing", { count: missing })] : []),
          ].join(" "),
        ),
      onError: () => setAsking(false),
    });
  };
  const planned = plan.data;
  const wrong = papersFault(plan.error) ?? papersFault(sources.error);
  const bars = plan.error?.fields["reason"] === "older";
  const unread = plan.error !== null && wrong === null && !lacksPapers(plan.error) && !asksWhich(plan.error);
  const refused = restore.error ?? (unread ? plan.error : null);
  const empty = planned && mode === "rejoin" && planned.added === 0 && planned.files === 0;
  const waits = planned && mode === "rejoin" && !empty && onlyReads;
  const action = planned ? (
    <Acts>
      <Button onClick={() => change(() => undefined)}>{t("backups.restore.back")}</Button>
      {!empty && !waits && (
        <PrimaryButton
          shortcut="mod+Enter"
          loading={restore.isPending}
          onClick={() => (mode === "replace" ? setAsking(true) : act())}
        >
          {mode === "replace"
            ? t("backups.restore.replace_act")
            : planned.added === 0
              ? t("backups.restore.take_in_files", { count: planned.files })
              : t("backups.restore.take_in", { count: planned.added })}
        </PrimaryButton>
      )}
    </Acts>
  ) : (
    <PrimaryButton
      shortcut="mod+Enter"
      onClick={look}
      loading={plan.isPending || (finds && sources.isFetching)}
      disabled={finds ? papers.trim() === "" : !ready}
    >
      {t(finds ? "backups.restore.find" : "backups.restore.look")}
    </PrimaryButton>
  );
  return (
    <Pane title={title} onClose={onClose} status={t("backups.restore.nothing_written")} action={action}>
      <div className={style["pane"]}>
        <p data-figures>
          {from.point && instead
            ? t("backups.restore.from_older", { name: from.name, time: pointTime(instead, []) })
            : from.point
              ? t("backups.restore.from_point", {
                  name: from.name,
                  time: from.point.time,
                  entries: counted("entries", from.point.entries),
                  files: counted("files", from.point.files),
                })
              : t("backups.restore.from", { name: from.name })}
        </p>
        {mode === "rejoin" && onlyReads && !empty && (
          <p role="status">
            {t("backups.restore.not_let_in")} <Link to="/admin/health">{t("backups.let_in")}</Link>
          </p>
        )}
        {sources.error && wrong === null && (
          <RefusalNote refused={sources.error} onRetry={() => void sources.refetch()} />
        )}
        {sources.data && rows.length === 0 && <p role="alert">{t("backups.restore.nothing_there")}</p>}
        {refused && (
          <InSight of={refused}>
            <RefusalNote refused={refused} />
            <OlderPoint
              refused={refused}
              onChoose={(point) => {
                change(() => setInstead(point));
                plan.mutate({ ...input, point: point.number });
              }}
            />
          </InSight>
        )}
        {several && rows.length > 0 && <p role="status">{t("backups.restore.several")}</p>}
        {rows.length > 0 && (
          <InstallationField
            rows={rows}
            value={row?.installation ?? ""}
            onChange={(value) =>
              change(() => {
                setNamed(value);
                setInstead(null);
              })
            }
          />
        )}
        {row && (
          <PointField
            points={row.points}
            value={point?.number}
            older={instead}
            onChange={(value) =>
              change(() => {
                setNumber(value);
                setInstead(null);
              })
            }
          />
        )}
        {(row || locked || finds) && !own && (
          <TextArea
            label={t("backups.restore.papers")}
            hint={t(locked ? "backups.restore.aside_papers_hint" : "backups.restore.papers_hint")}
            lines={4}
            value={papers}
            onChange={(value) => change(() => setPapers(value))}
            error={wrong}
            required
          />
        )}
        <Segmented<RestoreMode>
          label={t("backups.restore.mode")}
          value={mode}
          options={
            from.aside
              ? [{ value: "rejoin", label: t("backups.restore.rejoin") }]
              : [
                  { value: "rejoin", label: t("backups.restore.rejoin") },
                  { value: "replace", label: t("backups.restore.replace") },
                ]
          }
          onChange={(value) => change(() => setMode(value))}
        />
        <p className={style["small"]}>
          {t(mode === "rejoin" ? "backups.restore.rejoin_note" : "backups.restore.replace_note")}
        </p>
        {mode === "replace" && (bars || older) && (
          <CheckField
            label={t("backups.restore.older")}
            value={older}
            onChange={(value) => change(() => setOlder(value))}
          />
        )}
        {planned && <Planned plan={planned} mode={mode} />}
      </div>
      <ConfirmDialog
        opened={asking}
        title={t("backups.restore.replace_title", { time: planned ? pointTime(planned.point, []) : "" })}
        act={t("backups.restore.replace_act")}
        onAct={act}
        onClose={() => setAsking(false)}
        busy={restore.isPending}
      >
        {t("backups.restore.replace_text")}
      </ConfirmDialog>
    </Pane>
  );
}

/** What would change, in numbers: an administrator sees no value of a chart here. */
function Planned({ plan, mode }: { plan: RestorePlan; mode: RestoreMode }) {
  const { t } = useTranslation();
  const { count, counted } = useBackupWords();
  const pointTime = usePointTime();
  const figures = [
    { key: "added", number: plan.added },
    { key: "new_records", number: plan.new_records },
    { key: "changed", number: plan.changed_records },
    { key: "same", number: plan.same },
  ] as const;
  return (
    <InSight of={plan} live>
      <p className={style["small"]} data-figures>
        {plan.workstation !== null && <b>{plan.workstation} · </b>}
        {t(plan.damaged.length === 0 ? "backups.restore.read_whole" : "backups.restore.read_in_part", {
          time: pointTime(plan.point, []),
          entries: counted("entries", plan.point.entries),
        })}
      </p>
      <LeftOut damaged={plan.damaged} missing={plan.files_missing} />
      <dl className={style["figures"]} data-figures>
        {figures.map(({ key, number }) => (
          <div key={key}>
            <dt>{t(`backups.restore.${key}`)}</dt>
            <dd>{count(number)}</dd>
          </div>
        ))}
      </dl>
      {mode === "rejoin" && plan.added === 0 && plan.files === 0 && <p>{t("backups.restore.nothing_new")}</p>}
      {mode === "rejoin" && plan.files > 0 && <p>{t("backups.restore.files", { count: plan.files })}</p>}
      {plan.lacking > 0 && <p>{t("backups.restore.lacking", { count: plan.lacking })}</p>}
    </InSight>
  );
}
