import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen, useWindowTitle } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { Workspace } from "../../components/Workspace";
import { useBarred } from "../../forms/use-barred";
import type { RecordId } from "../../generated/RecordId";
import { useQueryOf } from "../../host/use-command";
import type { Origin } from "./form/kept";
import { usePrinting } from "./form/use-printing";
import { OpenDraft, Waiting } from "./OpenDraft";
import { takeOutcome } from "./open/outcome";
import { ReadPane } from "./open/ReadPane";
import { mayStep, STEPS } from "./open/step";
import { useSeen } from "./open/use-seen";
import { TruePage } from "./page/TruePage";
import { usePages } from "./page/use-pages";
import { paperOf } from "./page/zoom";
import { Steps } from "./Steps";
import type { View } from "./types";

interface OpenCertificateProps {
  certificate: RecordId;
  /** The step whose reason goes on being typed. */
  step?: string | undefined;
  /** The banner of this patient with this at its right. */
  banner: (patient: RecordId, right: ReactNode) => ReactNode;
  /** Where this one stands in a stack. */
  stack?: ReactNode;
  /** It was decided on; a stack goes on to its next. */
  onDecided?: () => void;
  onClose: (patient: RecordId) => void;
  onOpen: (certificate: RecordId) => void;
  /** Begins another one for this patient that follows from this one. */
  onFollow: (patient: RecordId, origin: Origin) => void;
  /** Goes to the author's note of a visit. */
  onNote: (patient: RecordId, visit: RecordId) => void;
}

/** A certificate at its address: its true page, and at the right what can be done with it by this person now. */
export function OpenCertificate(props: OpenCertificateProps) {
  const { certificate } = props;
  const { t } = useTranslation();
  useWindowTitle(t("certificates.one"));
  const opened = useQueryOf("certificate", { certificate });
  const view = opened.data;
  if (view) return <Opened {...props} view={view} refetch={opened.refetch} />;
  return (
    <Workspace>
      <Screen title={t("certificates.one")}>
        {opened.error ? (
          <RefusalNote refused={opened.error} onRetry={() => void opened.refetch()} />
        ) : (
          <Skeleton lines={8} />
        )}
      </Screen>
    </Workspace>
  );
}

/** An issued paper of which these are said holds no more. */
const OVER: readonly View["status"][] = ["revoked", "superseded"];

function Opened(props: OpenCertificateProps & { view: View; refetch: () => Promise<unknown> }) {
  const { view, banner, stack, onDecided, onClose, onNote, onFollow } = props;
  const { t } = useTranslation();
  const printing = usePrinting();
  const [outcome, setOutcome] = useState(() => takeOutcome(view.id));
  const barred = useBarred();
  const pages = usePages(view.id, view.version, !view.may.edit || barred !== null);
  const [step, setStep] = useState(
    () => STEPS.find((each) => each === props.step && mayStep(view, each)) ?? null,
  );
  // What is asked for stands until it is answered, though the answer may make it a draft again.
  const typing = view.may.edit && step === null && !barred;
  const [reloading, setReloading] = useState(false);
  // What was typed is kept when its form goes, and the next one begins with it upon what others wrote.
  const reload = () => {
    setReloading(true);
    void props.refetch().finally(() => setReloading(false));
  };
  const [seen, see] = useSeen(pages.current ? pages.pages : undefined);
  const top = banner(
    view.patient,
    <Steps status={view.status} short={view.may.issue && view.status === "draft"} />,
  );
  const visit = view.details.visit;
  const onNoteOf = visit ? () => onNote(view.patient, visit) : undefined;
  const close = () => onClose(view.patient);
  if (typing && reloading) {
    return (
      <Waiting banner={top} onClose={close}>
        <Skeleton lines={8} />
      </Waiting>
    );
  }
  if (typing) {
    return (
      <OpenDraft
        view={view}
        printing={printing}
        outcome={outcome}
        onOutcome={setOutcome}
        onStale={reload}
        banner={top}
        onClose={close}
        onNote={onNoteOf}
      />
    );
  }
  return (
    <Workspace
      flush
      banner={top}
      pane={
        <ReadPane
          view={view}
          step={step}
          onStep={setStep}
          printing={printing}
          outcome={barred && view.may.edit && !outcome.refused ? { ...outcome, refused: barred } : outcome}
          onOutcome={setOutcome}
          onStale={reload}
          seen={seen}
          pageCount={pages.pages?.pages.length ?? 0}
          inStack={stack !== undefined}
          onDecided={() => onDecided?.()}
          onClose={close}
          onNote={onNoteOf}
          onOpen={props.onOpen}
          onExtend={() => onFollow(view.patient, { extends: view.id })}
          onReplace={() => onFollow(view.patient, { replaces: view.id })}
        />
      }
    >
      <TruePage
        paper={paperOf(view.details.paper)}
        {...pages}
        onSeen={see}
        above={stack}
        stamp={OVER.includes(view.status) ? t(`certificates.status.${view.status}`) : undefined}
      />
    </Workspace>
  );
}
