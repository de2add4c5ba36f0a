import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { DataTable, type Column } from "../../components/DataTable";
import { RefusalNote } from "../../components/RefusalNote";
import { Skeleton } from "../../components/Skeleton";
import type { UncodedRow } from "../../generated/UncodedRow";
import { useZone } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { useWhenIn } from "../../i18n/use-when";
import style from "./Codes.module.css";

/** What was written in free words, once it is asked for: each look stands in the trail. */
export function Uncoded() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  return (
    <Card title={t("codes.uncoded")}>
      <p className={style["said"]}>{t("codes.uncoded_intro")}</p>
      {asked ? (
        <List />
      ) : (
        <div className={style["acts"]}>
          <Button onClick={() => setAsked(true)}>{t("codes.show")}</Button>
        </div>
      )}
    </Card>
  );
}

function List() {
  const { t } = useTranslation();
  const when = useWhenIn(useZone());
  const [pages, setPages] = useState<readonly (string | null)[]>([null]);
  const found = useQueryOf("uncoded", { after: pages.at(-1) ?? null }, { keepLast: true });
  const columns: Column<UncodedRow>[] = [
    {
      head: t("codes.uncoded_column.name"),
      show: ({ name }) => <span className={style["system"]}>{name}</span>,
    },
    { head: t("codes.uncoded_column.times"), numeric: true, show: ({ times }) => times },
    { head: t("codes.uncoded_column.last"), whole: true, show: ({ last }) => (last ? when(last) : "") },
    {
      head: t("codes.uncoded_column.near"),
      show: ({ near, code }) => [near, code].filter(Boolean).join(" · "),
    },
  ];
  const next = found.data?.next ?? null;
  return (
    <>
      {found.error && <RefusalNote refused={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={4} />}
      {found.data && (
        <>
          {found.data.total > 0 && (
            <p className={style["said"]}>{t("codes.uncoded_total", { count: found.data.total })}</p>
          )}
          <DataTable<UncodedRow>
            caption={t("codes.uncoded")}
            columns={columns}
            rows={found.data.rows}
            keyOf={({ name }) => name}
            empty={<p className={style["said"]}>{t("codes.uncoded_none")}</p>}
          />
        </>
      )}
      <div className={style["acts"]}>
        {pages.length > 1 && <Button onClick={() => setPages(pages.slice(0, -1))}>{t("codes.back")}</Button>}
        {next !== null && <Button onClick={() => setPages([...pages, next])}>{t("codes.more")}</Button>}
      </div>
    </>
  );
}
