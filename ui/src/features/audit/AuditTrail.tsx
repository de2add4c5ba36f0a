import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { Workspace } from "../../components/Workspace";
import type { TrailRow } from "../../generated/TrailRow";
import { useQueryOf } from "../../host/use-command";
import { Export } from "./Export";
import { asked, EVERYTHING, Filters, type Search } from "./Filters";
import { useEntryColumns } from "./trail-columns";
import { Verify } from "./Verify";
import style from "./AuditTrail.module.css";

/** What was done here and by whom, latest first, a page at a time; and the check that it is all there. */
export function AuditTrail({ tabs }: { tabs?: ReactNode }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState<Search>(EVERYTHING);
  // Where this page begins and those before it began; the latest entries first.
  const [pages, setPages] = useState<readonly (number | null)[]>([null]);
  const trail = useQueryOf(
    "audit_trail",
    { ...asked(search), before: pages.at(-1) ?? null },
    { fresh: true, keepLast: true },
  );
  const change = (changed: Partial<Search>) => {
    setSearch({ ...search, ...changed });
    setPages([null]);
  };
  const columns = useEntryColumns((patient) => change({ patient }));
  const next = trail.data?.next ?? null;
  return (
    <Workspace>
      {tabs}
      <Screen title={t("trail.title")} action={<Verify />}>
        <p className={style["here"]}>{t("trail.here_only")}</p>
        <Filters search={search} onChange={change} />
        <Export search={search} />
        {trail.error && <RefusalNote refused={trail.error} onRetry={() => void trail.refetch()} />}
        {trail.isPending && <Skeleton lines={8} />}
        {trail.data && (
          <DataTable<TrailRow>
            caption={t("trail.caption")}
            columns={columns}
            rows={trail.data.rows}
            keyOf={({ seq }) => String(seq)}
            empty={<EmptyState text={t("trail.empty")} />}
          />
        )}
        <div className={style["pages"]}>
          {pages.length > 1 && <Button onClick={() => setPages([null])}>{t("trail.newest")}</Button>}
          {next !== null && <Button onClick={() => setPages([...pages, next])}>{t("trail.older")}</Button>}
        </div>
      </Screen>
    </Workspace>
  );
}
