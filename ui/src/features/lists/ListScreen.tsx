import { IconCircleCheck, IconListCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { FilesButton } from "../../components/FilesButton";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Workspace } from "../../components/Workspace";
import { useDropped } from "../../host/use-files";
import { useList } from "./in-hand";
import { Outcomes } from "./Outcomes";
import { Progress } from "./Progress";
import { ReadingForm } from "./ReadingForm";
import { TakeAct } from "./TakeAct";
import style from "./lists.module.css";

/** The registrar's list: opened, looked at, and taken in. */
export function ListScreen({ tabs }: { tabs?: ReactNode }) {
  const { t } = useTranslation();
  const { run, state } = useList();
  const { list, doing, stopping, trouble } = state;
  const open = (files: readonly File[]) => {
    const [file] = files;
    if (file) void run.open(file);
  };
  useDropped(open);
  const isYearRefused = trouble?.fields["field"] === "school_year";
  const isRunning = doing === "looking" || doing === "applying";
  const choose = (
    <FilesButton onFiles={open} single main={!list}>
      {t(list ? "lists.choose_other" : "lists.choose")}
    </FilesButton>
  );
  const action = doing ? (
    doing !== "opening" && (
      <Button onClick={run.stop} disabled={stopping}>
        {t(stopping ? "lists.stopping" : "lists.stop")}
      </Button>
    )
  ) : (
    <Acts>
      {list && <Button onClick={() => void run.putAway()}>{t("lists.put_away")}</Button>}
      {choose}
      {list && list.stage !== "opened" && list.stage !== "looking" && (
        <TakeAct list={list} onTake={(left) => void run.take(left)} />
      )}
    </Acts>
  );
  return (
    <Workspace>
      {tabs}
      <Screen title={t("lists.title")} action={list ? action : undefined}>
        {trouble && !isYearRefused && <RefusalNote refused={trouble} />}
        {list === null && (
          <EmptyState
            text={t("lists.intro")}
            icon={<IconListCheck size="1.5rem" stroke={1.6} />}
            action={doing === "opening" ? <p role="status">{t("lists.opening")}</p> : choose}
          />
        )}
        {list && (
          <>
            <p className={style["about"]}>
              {t("lists.about", {
                name: list.name,
                count: list.rows,
                format: t(`lists.format.${list.format}`),
              })}{" "}
              {list.sheet && t("lists.sheet", { sheet: list.sheet })}
            </p>
            {list.stage === "applied" && !doing && (
              <p role="status" className={style["done"]}>
                <IconCircleCheck aria-hidden size="1rem" stroke={1.8} />
                {t("lists.done", { count: list.counts.reduce((sum, { taken }) => sum + taken, 0) })}
              </p>
            )}
            {isRunning && <Progress list={list} doing={doing} />}
            {/* What is said in it stays, also where the look at the rows is refused. */}
            <div hidden={isRunning}>
              <ReadingForm
                key={list.id}
                list={list}
                isYearRefused={isYearRefused}
                onLook={(reading) => void run.look(reading)}
                onGoOn={list.stage === "looking" ? () => void run.look(null) : undefined}
              />
            </div>
            {list.counts.length > 0 && doing !== "looking" && (
              <Outcomes
                list={list}
                onSettle={
                  doing === "applying" ? null : (row, choice, person) => void run.settle(row, choice, person)
                }
                onSettleAll={doing === "applying" ? null : (choice, rows) => void run.settleAll(choice, rows)}
              />
            )}
          </>
        )}
      </Screen>
    </Workspace>
  );
}
