import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../components/EmptyState";
import { Pane } from "../../components/Pane";
import { RefusalNote } from "../../components/RefusalNote";
import { useWindowTitle } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { Workspace } from "../../components/Workspace";
import type { RecordId } from "../../generated/RecordId";
import { useMay, useSession, useZone } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { clockText } from "../../i18n/dates";
import { useBarred } from "../../forms/use-barred";
import { keptIn, useLeft, type KeptTyping } from "../../forms/use-left";
import { newTask, type Origin } from "./form/kept";
import { NewForm } from "./form/NewForm";
import { daysLater } from "./form/read-day";
import {
  isSlip,
  isSpectacles,
  prescribed,
  started,
  valuesOf,
  type AtVisit,
  type Values,
} from "./form/values";
import { usualTemplate } from "./form/usual";
import { Steps } from "./Steps";
import type { View } from "./types";

export interface NewCertificateProps {
  patient: RecordId;
  /** The visit in which it is written. */
  visit: RecordId | null;
  origin: Origin;
  /** It is to be the slip with which somebody goes back to class or home. */
  slip?: boolean;
  /** It is to be the spectacles that come from this refraction. */
  spectacles?: RecordId;
  /** The patient's banner with this at its right. */
  banner: (right: ReactNode) => ReactNode;
  onClose: () => void;
  /** It is a record now. */
  onWritten: (certificate: RecordId) => void;
}

/** A certificate that nobody has written yet: the page as it will be printed, and what it is to say. */
export function NewCertificate(props: NewCertificateProps) {
  const { patient, visit, origin, slip = false, spectacles, banner, onClose } = props;
  const { t } = useTranslation();
  useWindowTitle(t("certificates.new"));
  const session = useSession();
  const zone = useZone();
  const may = useMay("certificate.draft");
  const templates = useQueryOf("templates", {}, { enabled: may });
  const today = useQueryOf("status", {}).data?.today;
  const before = origin.extends ?? origin.replaces ?? null;
  const old = useQueryOf("certificate", { certificate: before ?? "" }, { enabled: before !== null });
  const offered = (templates.data?.rows ?? []).filter(({ details }) => details.active !== false);
  const left = useLeft(patient, newTask(origin));
  const at = useVisitOf(visit, offered.some(isSlip));
  const refraction = useQueryOf(
    "filled",
    { filled: spectacles ?? "" },
    { enabled: spectacles !== undefined },
  );
  const measured = spectacles === undefined ? null : refraction.data;
  const ready =
    templates.data &&
    left &&
    today &&
    (before === null || old.data) &&
    at !== "reading" &&
    measured !== undefined;
  const barred = useBarred();
  const refused = templates.error ?? old.error ?? refraction.error ?? barred;
  if (ready && !barred && offered.length > 0) {
    const kept = known(keptIn(left, valuesOf({})), offered);
    if (measured) {
      const offers = offered.find(isSpectacles);
      const start = prescribed(offers, zone, measured);
      return <NewForm {...props} offered={offered} today={today} start={start} kept={kept} at={at} />;
    }
    const usual = (slip ? usualTemplate(offered.filter(isSlip)) : undefined) ?? usualTemplate(offered);
    const start = old.data ? continued(old.data, origin, today) : started(usual, today, at);
    return <NewForm {...props} offered={offered} today={today} start={start} kept={kept} at={at} />;
  }
  return (
    <Workspace
      flush
      banner={banner(<Steps status="draft" short={false} />)}
      pane={
        <Pane title={t("certificates.one")} onClose={onClose}>
          {refused ? (
            <RefusalNote refused={refused} />
          ) : session && !may ? (
            <RefusalNote refused={{ code: "not_permitted", fields: {} }} />
          ) : ready ? (
            <EmptyState text={t("certificates.no_template")} />
          ) : (
            <Skeleton lines={8} />
          )}
        </Pane>
      }
    >
      {null}
    </Workspace>
  );
}

/** What a slip prints of the visit in which it is written; nothing where there is none or the role may not read it. */
function useVisitOf(visit: RecordId | null, wanted: boolean): AtVisit | undefined | "reading" {
  const zone = useZone();
  const mayRead = useMay("chart.read");
  const asked = wanted && mayRead && visit !== null;
  const { data, error } = useQueryOf("visit", { visit: visit ?? "" }, { enabled: asked });
  const [now] = useState(() => new Date().toISOString());
  if (!asked || error) return undefined;
  if (!data) return "reading";
  const { arrived_at, ended_at, disposition, sent_with, concern } = data.details;
  return {
    came_at: arrived_at ? clockText(arrived_at, zone) : "",
    left_at: clockText(ended_at ?? now, zone),
    disposition,
    sent_with,
    concern,
  };
}

/** What follows from an earlier one: an extension begins the day after it ends, a replacement says the same. */
function continued({ details }: View, origin: Origin, today: string): Values {
  const same = valuesOf(details);
  if (origin.replaces) return same;
  const from = same.until ? daysLater(same.until, 1) : today;
  const until = same.verdict === "not_fit" ? from : "";
  return { ...same, examined: today, from, until, diagnosis_agreed: false, reason_agreed: false };
}

/** Typing for a template that is no longer offered begins anew. */
function known(
  kept: KeptTyping<Values> | null,
  offered: readonly { id: RecordId }[],
): KeptTyping<Values> | null {
  return kept && offered.some(({ id }) => id === kept.typing.values.template) ? kept : null;
}
