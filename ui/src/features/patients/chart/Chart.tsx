import type { TFunction } from "i18next";
import { useEffect, useEffectEvent, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { giveKeysBack, keysNow } from "../../../components/pane-keys";
import { useWindowTitle } from "../../../components/Screen";
import { RefusalNote } from "../../../components/RefusalNote";
import { TextButton } from "../../../components/TextButton";
import { Tabs } from "../../../components/Tabs";
import { Workspace } from "../../../components/Workspace";
import type { RecordId } from "../../../generated/RecordId";
import { useMay, useMayDo, useSession, useZone } from "../../../host/session";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { useClock } from "../../../i18n/use-clock";
import { Banner } from "./Banner";
import { Cards } from "./Cards";
import type { Task } from "../../../forms/task";
import type { ClaimKind } from "../../../records/kind";
import type { AnyTask, ChartTab, ChartTasks, OnTask, OwnTab, Saved, TabName } from "../../../records/parts";
import style from "./Chart.module.css";

interface ChartProps {
  patient: RecordId;
  tabs: readonly ChartTab[];
  tasks: ChartTasks;
  /** Those of the tasks that need no look into the chart. */
  unread: readonly Task["of"][];
  /** What can be done with the person, at the right of the banner. */
  acts?: ReactNode;
  /** What is shown of the person to who may not read the chart. */
  desk?: ReactNode;
  /** What they are in the middle of, behind the facts of the banner. */
  state?: (onTask: OnTask) => ReactNode;
  tab: TabName | undefined;
  onTab: (tab: TabName) => void;
  /** The form in the task pane, which stays while tabs change. */
  task: Task | null;
  onTask: OnTask;
}

const SHOWN = "chart-part";

function tabWord(t: TFunction, name: TabName, kind: ClaimKind | undefined): string {
  return kind ? t(`record.${kind}.many`) : t(`patients.tab.${name as OwnTab}`);
}

/** A person's chart: who (banner), what happened (tabs) beside what matters now (cards), what I do (task pane). */
export function Chart({
  patient,
  tabs,
  tasks,
  unread,
  acts,
  desk,
  state,
  tab,
  onTab,
  task,
  onTask,
}: ChartProps) {
  const { t } = useTranslation();
  useWindowTitle(t("patients.chart"));
  const session = useSession();
  const mayRead = useMay("chart.read");
  const mayDo = useMayDo();
  const banner = useQueryOf("banner", { patient });
  const { time } = useClock(useZone());
  const left = useQueryOf("scratches", {}).data?.rows.filter((row) => row.patient === patient) ?? [];
  const scratch = useCommand("keep_scratch");
  const throwAway = () => {
    for (const { subject } of left) scratch.mutate({ patient, subject, text: "" });
  };
  const [saved, setSaved] = useState<{ what: string; words: string } | null>(null);
  const [opener, setOpener] = useState<HTMLElement | null>(null);
  const open = (next: Task | null) => {
    if (task === null) setOpener(keysNow());
    onTask(next);
  };
  const goBack = useEffectEvent(() => opener && giveKeysBack(opener));
  useEffect(() => {
    // The keys go back to where the task was begun.
    if (task === null) goBack();
  }, [task]);

  const known = banner.data !== undefined;
  useEffect(() => {
    // The keys start at the name, once it is known, unless they are somewhere already.
    if (known && (document.activeElement === document.body || document.activeElement?.tagName === "MAIN")) {
      document.querySelector<HTMLElement>("main h1")?.focus();
    }
  }, [known]);

  const told = ({ what, conflict }: Saved) => {
    const words = t(conflict ? "patients.saved_conflict" : "saved.here", { time });
    setSaved({ what, words });
    open(null);
  };
  const offered = tabs.filter(({ needs }) => !needs || mayDo(needs));
  const shown = offered.find(({ name }) => name === tab) ?? offered[0];
  const Form = task && (tasks as AnyTask)[task.of];
  const pane = Form && (mayRead || unread.includes(task.of)) && (
    <Form patient={patient} task={task} onTask={open} onSaved={told} />
  );
  const top = banner.data && (
    <Banner
      banner={banner.data}
      onAllergies={mayRead ? () => open({ of: "allergies" }) : undefined}
      onConsent={mayDo("consent.take") ? () => open({ of: "consent" }) : undefined}
      acts={acts}
      state={state?.(open)}
    />
  );
  if (banner.error) {
    return (
      <Workspace>
        <RefusalNote refused={banner.error} onRetry={() => void banner.refetch()} />
        {banner.error.code === "not_found" && left.length > 0 && (
          <div>
            <TextButton onClick={throwAway}>{t("saved.throw_away")}</TextButton>
          </div>
        )}
      </Workspace>
    );
  }
  return (
    <Workspace banner={top ?? <div className={style["waiting"]} />} pane={pane}>
      {mayRead && shown ? (
        <div className={style["chart"]}>
          <Tabs
            label={t("patients.chart")}
            tabs={offered.map(({ name, kind }) => ({ value: name, label: tabWord(t, name, kind) }))}
            value={shown.name}
            onChange={onTab}
            controls={SHOWN}
          />
          <div className={style["columns"]} data-cards={shown.cards ?? false}>
            {shown.cards && (
              <div className={style["cards"]}>
                <Cards patient={patient} task={task} onTask={open} onTab={onTab} saved={saved} />
              </div>
            )}
            <div
              id={SHOWN}
              className={style["part"]}
              role="tabpanel"
              aria-labelledby={`${SHOWN}-${shown.name}`}
            >
              <shown.show patient={patient} task={pane ? task : null} onTask={open} kind={shown.kind} />
            </div>
          </div>
        </div>
      ) : (
        session && desk
      )}
    </Workspace>
  );
}
