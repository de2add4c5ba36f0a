import { useTranslation } from "react-i18next";
import { DataTable } from "../../../components/DataTable";
import { EmptyState } from "../../../components/EmptyState";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import { Tag } from "../../../components/Tag";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { Button } from "../../../components/Button";
import type { LookedElsewhere } from "../../../generated/LookedElsewhere";
import type { TrailRow } from "../../../generated/TrailRow";
import { clockText, dayAt } from "../../../i18n/dates";
import { refusalText, type RefusalLike } from "../../../i18n/refusal";
import { useDates } from "../../../i18n/use-dates";
import { useZone } from "../../../host/session";
import type { TabProps } from "../../../records/parts";
import { useTrailColumns } from "../../../records/use-trail-columns";
import style from "./Chart.module.css";

/** An entry and the computer where it was made; none for this one. */
type Entry = TrailRow & { at: string | null };

/** The entries of all computers that are known, latest first. */
function together(here: TrailRow[], elsewhere: LookedElsewhere | undefined, unknown: string): Entry[] {
  const others = (elsewhere?.rows ?? []).map(({ workstation, ...row }) => ({
    ...row,
    at: workstation ?? unknown,
  }));
  const all = [...here.map((row) => ({ ...row, at: null })), ...others];
  return all.sort((one, other) => Date.parse(other.wall) - Date.parse(one.wall));
}

/** Who opened this chart or changed it, and when: here, and elsewhere once the server was asked. */
export function WhoLooked({ patient }: TabProps) {
  const { t } = useTranslation();
  const { when, who, did } = useTrailColumns();
  const looked = useQueryOf("who_looked", { patient }, { fresh: true });
  const elsewhere = useQueryOf("looked_elsewhere", { patient }).data;
  const ask = useCommand("ask_who_looked");
  if (looked.error) return <RefusalNote refused={looked.error} onRetry={() => void looked.refetch()} />;
  if (!looked.data) return <Skeleton lines={8} />;
  const told = elsewhere?.rows !== null && elsewhere !== undefined;
  return (
    <>
      <Reach
        elsewhere={elsewhere}
        asking={ask.isPending}
        refused={ask.error}
        onAsk={() => ask.mutate({ patient })}
      />
      <DataTable<Entry>
        caption={t("patients.tab.who_looked")}
        rows={together(looked.data.rows, elsewhere, t("looked.unknown"))}
        keyOf={({ at, seq }) => `${at ?? ""} ${seq}`}
        columns={[
          when,
          ...(told ? [{ head: t("looked.where"), show: ({ at }: Entry) => at ?? t("looked.here") }] : []),
          who,
          did,
          {
            head: t("trail.outcome"),
            show: ({ outcome }) =>
              outcome === "done" ? (
                <Tag kind="ok">{t("trail.done")}</Tag>
              ) : (
                refusalText(t, { code: outcome, fields: {} }).what
              ),
          },
        ]}
        empty={<EmptyState text={t("trail.empty")} />}
      />
    </>
  );
}

/** Which computers the list tells of, and the way to ask for the others. */
function Reach({
  elsewhere,
  asking,
  refused,
  onAsk,
}: {
  elsewhere: LookedElsewhere | undefined;
  asking: boolean;
  refused: RefusalLike | null;
  onAsk: () => void;
}) {
  const { t } = useTranslation();
  const { date } = useDates();
  const zone = useZone();
  if (!elsewhere) return null;
  const { attached, asked, rows, more, trails } = elsewhere;
  const known = trails.filter(({ until }) => until !== null);
  const missing = trails.filter(({ until }) => until === null).map(({ workstation }) => workstation);
  const until = known.map(({ workstation, until }) =>
    t("looked.until", {
      workstation,
      date: date(dayAt(until ?? "", zone)),
      time: clockText(until ?? "", zone),
    }),
  );
  return (
    <div className={style["reach"]}>
      <div className={style["role"]}>
        {rows ? (
          until.length > 0 && <p>{t("looked.known", { until: until.join(" · ") })}</p>
        ) : (
          <p>{t(attached ? "looked.here_only" : "trail.here_only")}</p>
        )}
        {missing.length > 0 && <p>{t("looked.missing", { names: missing.join(", ") })}</p>}
        {more && <p>{t("looked.more")}</p>}
        {asked && !rows && <p role="status">{t("looked.asked")}</p>}
      </div>
      {attached && (
        <Button onClick={onAsk} loading={asking}>
          {t(asked ? "looked.again" : "looked.ask")}
        </Button>
      )}
      {refused && <RefusalNote refused={refused} />}
    </div>
  );
}
