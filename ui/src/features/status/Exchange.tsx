import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { RefusalNote } from "../../components/RefusalNote";
import type { Status, SyncReport } from "../../generated/commands";
import { useMay } from "../../host/session";
import { useCommand } from "../../host/use-command";
import { refusalText } from "../../i18n/refusal";
import { syncWords } from "../../i18n/sync-words";
import { useDates } from "../../i18n/use-dates";
import { useFigures } from "../../i18n/use-figures";
import { FactList, type Fact } from "./Facts";
import { kindWord } from "../../records/words";
import { useMoment } from "../../i18n/use-moment";
import { Rejoin, type Why } from "./Rejoin";
import style from "./Health.module.css";

/** Why this computer has to become another installation, if it has to. */
function barredBy({ code, reason }: NonNullable<Status["trouble"]>): Why | null {
  if (code === "forked" || code === "restored") return code;
  return reason === "revoked" ? "ended" : null;
}

/** How the exchange with the server goes: what waits, what is safe elsewhere, what stands in the way. */
export function Exchange({ status, report }: { status: Status; report: SyncReport }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const moment = useMoment(status.today);
  const { count } = useFigures();
  const maySend = useMay("sync.run");
  const mayRejoin = useMay("workstation.edit");
  const send = useCommand("send_now");
  const introduce = useCommand("introduce_again");
  const { trouble, waiting, synced, synced_day } = status;
  const { receipt } = report;
  const stopped = trouble !== null && trouble.code !== "offline";
  const kinds = report.waiting
    .map(({ kind, count: many }) => t("health.kind_count", { kind: kindWord(t, kind), count: many }))
    .join(" · ");
  const facts: Fact[] = [
    {
      name: t("health.server"),
      said: report.server ?? t("health.server_none"),
      weight: !report.server || stopped ? "act" : trouble ? "know" : "fine",
    },
    {
      name: t(status.attached ? "health.waiting" : "health.only_here"),
      said: (
        <>
          {count(waiting)}
          {waiting > 0 && <span className={style["more"]}>{kinds}</span>}
        </>
      ),
      weight: waiting > 0 ? "know" : "fine",
    },
  ];
  if (status.attached) {
    const entries = receipt && {
      count: receipt.entries,
      time: moment(receipt.at),
    };
    facts.push(
      {
        name: t("health.synced"),
        said: synced && synced_day ? moment(`${synced_day}T${synced}`) : t("health.never"),
        weight: synced && !trouble ? "fine" : "know",
      },
      { name: t("health.received"), said: count(status.received), weight: "fine" },
      { name: t("health.applied"), said: count(status.applied), weight: "fine" },
      {
        name: t("health.receipt"),
        said: entries ? t("health.receipt_some", entries) : t("health.receipt_none"),
        weight: entries ? "fine" : "know",
      },
    );
  }
  const why = trouble && barredBy(trouble);
  const troubled =
    trouble && refusalText(t, { code: trouble.code, fields: { reason: trouble.reason ?? "" } });
  // A computer that was restored asks the server nothing before it is let in; its state says all there is to say.
  const asks = trouble?.code !== "restored";
  const act = status.attached && maySend && asks && (
    <Button onClick={() => send.mutate({})} loading={send.isPending}>
      {t("health.send_act")}
    </Button>
  );
  return (
    <Card title={t("health.exchange")} action={act}>
      <div className={style["state"]}>
        {syncWords(t, status, date).long.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {trouble && troubled && asks && (
          <p className={stopped ? style["act"] : undefined}>
            {stopped && troubled.what} {troubled.todo} {t("health.tried", { time: moment(trouble.tried) })}
          </p>
        )}
        {why && mayRejoin && <Rejoin why={why} />}
        {trouble?.reason === "unknown_workstation" && mayRejoin && (
          <div>
            <Button onClick={() => introduce.mutate({})} loading={introduce.isPending}>
              {t("health.introduce")}
            </Button>
          </div>
        )}
        {introduce.error && <RefusalNote refused={introduce.error} />}
        {send.error && <RefusalNote refused={send.error} />}
      </div>
      <FactList facts={facts} />
    </Card>
  );
}
