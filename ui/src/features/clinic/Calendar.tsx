import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { PrimaryButton } from "../../components/Button";
import { Card } from "../../components/Card";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { tell } from "../../components/tell";
import { Workspace } from "../../components/Workspace";
import type { CalendarView } from "../../generated/CalendarView";
import { useMay } from "../../host/session";
import { useCommand, useQueryOf } from "../../host/use-command";
import { LISTS, rowsOf, toDetails, troubleOf, type Rows } from "./calendar-form";
import { Stretches } from "./Stretches";
import style from "./Calendar.module.css";

/** When the school holds classes: by it a certificate counts class days. */
export function Calendar({ tabs }: { tabs?: ReactNode }) {
  const { t } = useTranslation();
  const found = useQueryOf("calendar", {});
  return (
    <Workspace>
      {tabs}
      <Screen title={t("calendar.title")}>
        <p className={style["intro"]}>{t("calendar.intro")}</p>
        {found.error && <RefusalNote refused={found.error} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton lines={6} />}
        {found.data && <Form key={found.data.version ?? "none"} view={found.data} />}
      </Screen>
    </Workspace>
  );
}

function Form({ view }: { view: CalendarView }) {
  const { t } = useTranslation();
  const may = useMay("clinic.edit");
  const edit = useCommand("edit_calendar");
  const [rows, setRows] = useState<Rows>(() => rowsOf(view.details));
  const [told, setTold] = useState(false);
  const save = () => {
    setTold(true);
    if (LISTS.some((list) => rows[list].some((row) => troubleOf(row) !== null))) return;
    const input = { version: view.version, details: toDetails(rows) };
    edit.mutate(input, { onSuccess: () => tell(t("calendar.saved")) });
  };
  return (
    <>
      {LISTS.map((list) => (
        <Card key={list} title={t(`calendar.${list}`)}>
          <Stretches
            list={list}
            rows={rows[list]}
            told={told}
            readOnly={!may || edit.isPending}
            onChange={(changed) => setRows({ ...rows, [list]: changed })}
          />
        </Card>
      ))}
      {edit.error && <RefusalNote refused={edit.error} />}
      {may && (
        <Acts>
          <PrimaryButton shortcut="mod+Enter" onClick={save} loading={edit.isPending}>
            {t("calendar.save")}
          </PrimaryButton>
        </Acts>
      )}
    </>
  );
}
