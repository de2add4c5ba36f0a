import { useNavigate } from "@tanstack/react-router";
import { IconArrowsSplit2, IconSearch, IconUserPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button, PrimaryButton } from "../../components/Button";
import { Card, CardList, CardRow } from "../../components/Card";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { Workspace } from "../../components/Workspace";
import { useMay } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { Unfinished } from "./Unfinished";
import { useDayText } from "./day-text";
import style from "./Today.module.css";

/** What waits for the person signed in, and the ways to begin. */
export function Today({ visits, cards }: { visits?: ReactNode; cards?: ReactNode }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const dayText = useDayText();
  const mayFind = useMay("patient.read");
  // Who is here is the work of who starts visits or reads charts.
  const mayStart = useMay("visit.edit");
  const mayRead = useMay("chart.read");
  const mayHire = useMay("user.edit");
  const mayRegister = useMay("patient.register");
  const maySettle = useMay("conflict.resolve");
  const status = useQueryOf("status", {});
  const scratches = useQueryOf("scratches", {}, { fresh: true });
  const conflicts = status.data?.conflicts ?? 0;
  const rows = scratches.data?.rows ?? [];
  const refused = status.error ?? scratches.error;
  // One act is the main one: an administrator's first is not to find a patient.
  const Find = mayHire ? Button : PrimaryButton;
  return (
    <Workspace>
      <Screen
        title={t("place.today")}
        action={status.data && <span className={style["day"]}>{dayText(status.data.today)}</span>}
      >
        {refused && <RefusalNote refused={refused} />}
        <Acts>
          {mayHire && (
            <>
              <PrimaryButton onClick={() => void navigate({ to: "/admin" })}>
                {t("staff.title")}
              </PrimaryButton>
              <Button onClick={() => void navigate({ to: "/admin/workstations" })}>
                {t("workstations.title")}
              </Button>
              <Button onClick={() => void navigate({ to: "/admin/health" })}>{t("health.title")}</Button>
            </>
          )}
          {mayFind && (
            <Find
              onClick={() => void navigate({ to: "/patients" })}
              leftSection={<IconSearch size="1rem" stroke={1.9} />}
            >
              {t("today.find")}
            </Find>
          )}
          {mayRegister && (
            <Button
              onClick={() => void navigate({ to: "/patients/new" })}
              leftSection={<IconUserPlus size="1rem" stroke={1.8} />}
            >
              {t("today.register")}
            </Button>
          )}
        </Acts>
        {status.data?.clock_behind && <p className={style["clock"]}>{t("today.clock")}</p>}
        <div className={style["page"]}>
          {mayFind && (mayStart || mayRead) && <div className={style["visits"]}>{visits}</div>}
          <div className={style["cards"]}>
            {maySettle && conflicts > 0 && (
              <Card title={t("today.waits")} alert>
                <CardList>
                  <CardRow
                    action={
                      <Button onClick={() => void navigate({ to: "/conflicts" })}>
                        {t("today.settle_act")}
                      </Button>
                    }
                  >
                    <span className={style["waits"]}>
                      <IconArrowsSplit2 size="1.125rem" stroke={1.7} aria-hidden="true" />
                      {t("today.settle", { count: conflicts })}
                    </span>
                  </CardRow>
                </CardList>
              </Card>
            )}
            {cards}
            <Card title={t("today.unfinished")}>
              {scratches.isPending && <Skeleton lines={3} />}
              {scratches.data && rows.length === 0 && (
                <p className={style["none"]}>{t("today.unfinished_none")}</p>
              )}
              {rows.length > 0 && (
                <CardList>
                  {rows.map((row) => (
                    <Unfinished key={`${row.patient} ${row.subject}`} row={row} />
                  ))}
                </CardList>
              )}
            </Card>
          </div>
        </div>
      </Screen>
    </Workspace>
  );
}
