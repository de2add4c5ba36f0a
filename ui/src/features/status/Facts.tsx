import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { RefusalNote } from "../../components/RefusalNote";
import { TextButton } from "../../components/TextButton";
import type { Status } from "../../generated/commands";
import type { Finding } from "../../generated/Finding";
import { useMay } from "../../host/session";
import { useCommand } from "../../host/use-command";
import { useMoment } from "../../i18n/use-moment";
import style from "./Health.module.css";

/** How much a fact asks of somebody: nothing, to know it, or to act. */
export type Weight = "fine" | "know" | "act";

const SIGNS = { fine: IconCircleCheck, know: IconInfoCircle, act: IconAlertTriangle };

/** A fact in words, with how much it asks. */
export interface Fact {
  name: string;
  said: ReactNode;
  weight: Weight;
}

/** Facts, one a line, each with a sign and in words. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={style["facts"]}>
      {facts.map(({ name, said, weight }) => {
        const Sign = SIGNS[weight];
        return (
          <div key={name} data-weight={weight}>
            <Sign size="1rem" stroke={1.8} aria-hidden="true" />
            <dt>{name}</dt>
            <dd data-figures>{said}</dd>
          </div>
        );
      })}
    </dl>
  );
}

/** The clock fell behind; whoever answers for the computers may say that it is right now. */
function ClockBehind({ time }: { time: string }) {
  const { t } = useTranslation();
  const may = useMay("workstation.edit");
  const acknowledge = useCommand("acknowledge_clock");
  return (
    <>
      {t("health.clock_behind", { time })}
      {may && (
        <>
          {" "}
          <TextButton onClick={() => acknowledge.mutate({})}>{t("health.clock_acknowledge")}</TextButton>
        </>
      )}
      {acknowledge.error && <RefusalNote refused={acknowledge.error} />}
    </>
  );
}

/** What the opening of the store found; whoever answers for the computers sets it aside. */
function Found({ findings, today }: { findings: readonly Finding[]; today: string }) {
  const { t } = useTranslation();
  const moment = useMoment(today);
  const may = useMay("workstation.edit");
  const acknowledge = useCommand("acknowledge_findings");
  return (
    <>
      {findings.map(({ kind, at, ops, trail }) => (
        <p key={`${kind} ${at}`}>{findingText(t, kind, { ops, trail, time: moment(at) })}</p>
      ))}
      {may && findings.some(({ kind }) => kind !== "behind") && (
        <TextButton onClick={() => acknowledge.mutate({})}>{t("health.finding_seen")}</TextButton>
      )}
      {acknowledge.error && <RefusalNote refused={acknowledge.error} />}
    </>
  );
}

/** What was found, in words; a newer version may have found what this one has no words for. */
function findingText(
  t: TFunction,
  kind: string,
  { ops, trail, time }: { ops: number; trail: number; time: string },
): string {
  const count = kind === "trail_lost" ? trail : ops;
  const otherwise = t("health.finding.unknown", { time });
  return String(
    t(`health.finding.${kind}` as never, { count, trail, time, defaultValue: otherwise } as never),
  );
}

function found(t: TFunction, { findings, today }: Status): Fact[] {
  if (findings.length === 0) return [];
  const said = <Found findings={findings} today={today} />;
  return [{ name: t("health.found"), said, weight: "act" }];
}

/** How the workstation itself is. */
export function Facts({ status, papers }: { status: Status; papers?: ReactNode }) {
  const { t } = useTranslation();
  const { conflicts, clock_behind, server_clock, time, sheet_confirmed, key_kept_in } = status;
  const facts: Fact[] = [
    ...found(t, status),
    { name: t("health.conflicts"), said: String(conflicts), weight: conflicts > 0 ? "act" : "fine" },
    {
      name: t("health.clock"),
      said: clock_behind ? <ClockBehind time={time} /> : t("health.clock_right", { time }),
      weight: clock_behind ? "act" : "fine",
    },
    ...(server_clock === null
      ? []
      : [
          {
            name: t("health.server_clock"),
            said: t(server_clock > 0 ? "health.server_ahead" : "health.server_behind", {
              minutes: `${Math.abs(server_clock)}`,
            }),
            weight: "act" as const,
          },
        ]),
    {
      name: t("health.sheet"),
      said: (
        <>
          {t(sheet_confirmed ? "health.sheet_confirmed" : "health.sheet_open")}
          {papers && <> {papers}</>}
        </>
      ),
      weight: sheet_confirmed ? "fine" : "act",
    },
    {
      name: t("health.key"),
      said: key_kept_in === "file" ? t("health.key_file") : t("health.key_other", { place: key_kept_in }),
      weight: key_kept_in === "file" ? "know" : "fine",
    },
  ];
  return <FactList facts={facts} />;
}
