import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../components/EmptyState";
import { Pane } from "../../components/Pane";
import { RefusalNote } from "../../components/RefusalNote";
import { useWindowTitle } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { Workspace } from "../../components/Workspace";
import type { RecordId } from "../../generated/RecordId";
import { useMay, useSession } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { useBarred } from "../../forms/use-barred";
import { keptIn, useLeft, type KeptTyping } from "../../forms/use-left";
import { newTask, type Origin } from "./form/kept";
import { NewForm } from "./form/NewForm";
import { daysLater } from "./form/read-day";
import { started, valuesOf, type Values } from "./form/values";
import { usualTemplate } from "./form/usual";
import { Steps } from "./Steps";
import type { View } from "./types";

export interface NewCertificateProps {
  patient: RecordId;
  /** The visit in which it is written. */
  visit: RecordId | null;
  origin: Origin;
  /** The patient's banner with this at its right. */
  banner: (right: ReactNode) => ReactNode;
  onClose: () => void;
  /** It is a record now. */
  onWritten: (certificate: RecordId) => void;
}

/** A certificate that nobody has written yet: the page as it will be printed, and what it is to say. */
export function NewCertificate(props: NewCertificateProps) {
  const { patient, origin, banner, onClose } = props;
  const { t } = useTranslation();
  useWindowTitle(t("certificates.new"));
  const session = useSession();
  const may = useMay("certificate.draft");
  const templates = useQueryOf("templates", {}, { enabled: may });
  const today = useQueryOf("status", {}).data?.today;
  const before = origin.extends ?? origin.replaces ?? null;
  const old = useQueryOf("certificate", { certificate: before ?? "" }, { enabled: before !== null });
  const offered = (templates.data?.rows ?? []).filter(({ details }) => details.active !== false);
  const left = useLeft(patient, newTask(origin));
  const ready = templates.data && left && today && (before === null || old.data);
  const barred = useBarred();
  const refused = templates.error ?? old.error ?? barred;
  if (ready && !barred && offered.length > 0) {
    const kept = known(keptIn(left, valuesOf({})), offered);
    const usual = usualTemplate(offered);
    const start = old.data ? continued(old.data, origin, today) : started(usual, today);
    return <NewForm {...props} offered={offered} today={today} start={start} kept={kept} />;
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

/** What follows from an earlier one: an extension begins the day after it ends, a replacement says the same. */
function continued({ details }: View, origin: Origin, today: string): Values {
  const same = valuesOf(details);
  if (origin.replaces) return same;
  const from = same.until ? daysLater(same.until, 1) : today;
  const until = same.verdict === "not_fit" ? from : "";
  return { ...same, examined: today, from, until, diagnosis_agreed: false };
}

/** Typing for a template that is no longer offered begins anew. */
function known(
  kept: KeptTyping<Values> | null,
  offered: readonly { id: RecordId }[],
): KeptTyping<Values> | null {
  return kept && offered.some(({ id }) => id === kept.typing.values.template) ? kept : null;
}
