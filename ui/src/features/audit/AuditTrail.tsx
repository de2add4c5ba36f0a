import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { SelectField } from "../../components/fields";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { Workspace } from "../../components/Workspace";
import type { TrailRow } from "../../generated/TrailRow";
import { useQueryOf } from "../../host/use-command";
import { useStaff } from "../../host/use-staff";
import { useTrailColumns } from "./trail-columns";
import { Verify } from "./Verify";
import style from "./AuditTrail.module.css";

interface Search {
  user: string | null;
  patient: string | null;
  /** Where this page begins and those before it began; the latest entries first. */
  pages: readonly (number | null)[];
}

const ALL: Search = { user: null, patient: null, pages: [null] };

/** What was done here and by whom, latest first, a page at a time; and the check that it is all there. */
export function AuditTrail({ tabs }: { tabs?: ReactNode }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState(ALL);
  const { user, patient, pages } = search;
  const before = pages.at(-1) ?? null;
  const trail = useQueryOf("audit_trail", { user, patient, before }, { fresh: true, keepLast: true });
  const staff = useStaff();
  const columns = useTrailColumns((id) => setSearch({ ...ALL, patient: id }));
  const people = [
    { value: "", label: t("trail.anybody") },
    ...(staff.rows ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  const next = trail.data?.next ?? null;
  return (
    <Workspace>
      {tabs}
      <Screen title={t("trail.title")} action={<Verify />}>
        <p className={style["here"]}>{t("trail.here_only")}</p>
        <div className={style["search"]}>
          <SelectField
            label={t("trail.person")}
            value={user ?? ""}
            options={people}
            onChange={(id) => setSearch({ ...ALL, patient, user: id || null })}
          />
          {patient && <Button onClick={() => setSearch({ ...ALL, user })}>{t("trail.all_patients")}</Button>}
        </div>
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
          {pages.length > 1 && (
            <Button onClick={() => setSearch({ ...search, pages: [null] })}>{t("trail.newest")}</Button>
          )}
          {next !== null && (
            <Button onClick={() => setSearch({ ...search, pages: [...pages, next] })}>
              {t("trail.older")}
            </Button>
          )}
        </div>
      </Screen>
    </Workspace>
  );
}
