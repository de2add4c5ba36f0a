import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, PrimaryButton } from "../../../components/Button";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { tell } from "../../../components/tell";
import { TextButton } from "../../../components/TextButton";
import type { Refused } from "../../../host/host";
import { useMay } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import type { Eye } from "../form/lens";
import { PrintFields } from "../form/PrintFields";
import type { Printing } from "../form/use-printing";
import { StatusTag } from "../Steps";
import type { View } from "../types";
import { Bars } from "./Bars";
import { Facts } from "./Facts";
import { History } from "./History";
import { OpenNote } from "./OpenNote";
import type { Outcome } from "./outcome";
import { ReasonDialog } from "./ReasonDialog";
import type { Step } from "./step";
import { StepsGone } from "./StepsGone";
import { useReviewKeys } from "./review-keys";
import { useCopy } from "./use-copy";
import { useSend } from "./use-send";
import style from "./Open.module.css";

export interface ReadPaneProps {
  view: View;
  /** The step whose reason is asked for. */
  step: Step | null;
  onStep: (step: Step | null) => void;
  printing: Printing;
  outcome: Outcome;
  onOutcome: (outcome: Outcome) => void;
  /** Somebody changed it meanwhile: it is to be seen as it is now. */
  onStale: () => void;
  /** The page in sight is this certificate's, to its end: before that nobody may decide on it. */
  seen: boolean;
  pageCount: number;
  /** It is one of a stack: bare keys decide. */
  inStack: boolean;
  /** It was decided on; a stack goes on. */
  onDecided: () => void;
  onClose: () => void;
  onNote?: (() => void) | undefined;
  onOpen: (certificate: string) => void;
  onExtend: () => void;
  onReplace: () => void;
}

/** A certificate that is not typed in any more: to be decided on, printed, or brought to an end. */
export function ReadPane(props: ReadPaneProps) {
  const { view, step, onStep, printing, outcome, onOutcome, seen, pageCount, inStack } = props;
  const { onDecided, onClose, onNote } = props;
  const { t } = useTranslation();
  const { may } = view;
  const [asking, setAsking] = useState(outcome.asks ?? false);
  const [busy, setBusy] = useState(false);
  const send = useSend(printing);
  const over = step !== null || asking;

  const issue = (asked = false) => {
    setAsking(false);
    if (busy || !seen) return;
    if (view.note_open && !asked) return setAsking(true);
    setBusy(true);
    onOutcome({});
    void send(view.id, view.version)
      .then((sent) => {
        onOutcome(sent);
        // In a stack the next one comes at once: what became of this one is told, with the way back to its paper.
        if (sent.number && inStack) {
          const paper = { act: t("certificates.open_paper"), onAct: () => props.onOpen(view.id) };
          tell(t("certificates.issued_as", { number: sent.number }), paper);
        }
        if (!sent.unprinted) onDecided();
      })
      .catch((refused: Refused) => {
        onOutcome({ refused });
        if (refused.code === "stale") props.onStale();
      })
      .finally(() => setBusy(false));
  };
  const print = () => {
    if (busy) return;
    setBusy(true);
    onOutcome({});
    void printing
      .print(view.id)
      .then((unprinted) => onOutcome(unprinted ? { unprinted } : {}))
      .finally(() => setBusy(false));
  };
  useReviewKeys({
    enabled: inStack && !over && !busy,
    ...(may.issue && seen ? { onApprove: () => issue() } : {}),
    ...(may.give_back ? { onReturn: () => onStep("return") } : {}),
  });
  const back = useCommand("take_back_certificate");
  const takeBack = () =>
    void back.mutateAsync({ certificate: view.id, version: view.version, reason: null }).then(
      () => tell(t("certificates.taken_back")),
      (refused: Refused) => onOutcome({ refused }),
    );
  const edit = useCommand("edit_certificate");
  const mean = (eye: Eye) => {
    const { id, version, details } = view;
    void edit
      .mutateAsync({ id, version, patch: { [eye]: { ...details[eye], ok: true } } })
      .catch((refused: Refused) => onOutcome({ refused }));
  };
  const done = () => {
    if (step) tell(t(`certificates.${step}.done`));
    onStep(null);
    if (step !== "revoke") onDecided();
  };
  const issued = view.status === "issued";
  const printable = may.print && printing.printer !== null;
  const acts = (may.give_back || may.issue || printable) && (
    <>
      {may.give_back && (
        <Button onClick={() => onStep("return")} disabled={over}>
          {t("certificates.return.act")}
        </Button>
      )}
      {may.issue ? (
        <PrimaryButton
          shortcut="mod+shift+Enter"
          onClick={() => issue()}
          loading={busy}
          disabled={over || !seen}
        >
          {t(printing.printer ? "certificates.issue_print" : "certificates.issue")}
        </PrimaryButton>
      ) : (
        printable && (
          <PrimaryButton shortcut="mod+P" onClick={print} loading={busy} disabled={over}>
            {t(
              issued
                ? view.printed.length > 0
                  ? "certificates.print_again"
                  : "certificates.print"
                : "certificates.print_draft",
            )}
          </PrimaryButton>
        )
      )}
    </>
  );
  return (
    <Pane title={t("certificates.one")} {...(over ? {} : { onClose })} {...(acts ? { action: acts } : {})}>
      <Head view={view} onOpen={props.onOpen} />
      {step === null && <StepsGone view={view} />}
      <Bars bars={view.bars} />
      {outcome.refused && <RefusalNote refused={outcome.refused} />}
      {outcome.unprinted && (
        <>
          {issued && <p role="status">{t("certificates.issued_unprinted", { number: view.number ?? "" })}</p>}
          <RefusalNote refused={outcome.unprinted} onRetry={print} />
        </>
      )}
      {may.issue && pageCount > 1 && !seen && (
        <p className={style["said"]}>{t("certificates.look_first", { count: pageCount })}</p>
      )}
      {may.issue && view.note_open && <p className={style["said"]}>{t("certificates.note.open")}</p>}
      <Facts view={view} onMeant={may.issue && view.status === "submitted" ? mean : undefined} />
      {(may.issue || may.print) && <PrintFields printing={printing} />}
      {may.take_back && (
        <div className={style["keys"]}>
          <TextButton onClick={takeBack} disabled={over || busy || back.isPending}>
            {t("certificates.take_back")}
          </TextButton>
        </div>
      )}
      <Acts {...props} />
      {view.number && may.print && <Copy view={view} />}
      <History view={view} />
      <OpenNote
        opened={asking}
        view={view}
        onClose={() => setAsking(false)}
        onNote={onNote}
        onIssue={() => issue(true)}
      />
      {step && <ReasonDialog step={step} view={view} onClose={() => onStep(null)} onDone={done} />}
    </Pane>
  );
}

/** The states that somebody gave a reason for. A later state keeps the reason of an earlier one, which is history. */
const GIVEN: readonly View["status"][] = ["returned", "rejected", "revoked"];

function Head({ view, onOpen }: { view: View; onOpen: (certificate: string) => void }) {
  const { t } = useTranslation();
  const { number, status, signer, author, replaced_by, other_papers, details } = view;
  const link = (other: { id: string; number: string | null }, words: string) => (
    <TextButton onClick={() => onOpen(other.id)}>{words}</TextButton>
  );
  return (
    <div className={style["head"]}>
      <span className={style["number"]}>{number ?? view.title}</span>
      <StatusTag status={status} />
      <span className={style["by"]}>
        {[
          number && view.title,
          signer
            ? t("certificates.issued_by", { name: signer })
            : author && t("certificates.written_by", { name: author }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
      {details.status_reason && GIVEN.includes(status) && (
        <div className={style["said"]}>
          {t(`certificates.why_${status as "revoked"}`)}
          <p>{details.status_reason}</p>
        </div>
      )}
      {other_papers.length > 0 && (
        <p className={style["said"]}>
          {t(view.disputed.includes("") ? "certificates.two_papers" : "certificates.not_chosen", {
            numbers: other_papers.join(", "),
          })}
        </p>
      )}
      {view.replaces &&
        link(view.replaces, t("certificates.replaces", { number: view.replaces.number ?? "" }))}
      {view.extends && link(view.extends, t("certificates.extends", { number: view.extends.number ?? "" }))}
      {replaced_by && link(replaced_by, t("certificates.replaced_by", { number: replaced_by.number ?? "" }))}
    </div>
  );
}

function Acts({ view, onExtend, onReplace, onStep }: ReadPaneProps) {
  const { t } = useTranslation();
  const { status, may } = view;
  const mayDraft = useMay("certificate.draft");
  const issued = status === "issued";
  if (!issued && !may.reject) return null;
  return (
    <div className={style["keys"]}>
      {issued && mayDraft && (
        <>
          <TextButton onClick={onExtend}>{t("certificates.extend")}</TextButton>
          <TextButton onClick={onReplace}>{t("certificates.replace")}</TextButton>
        </>
      )}
      {may.revoke && <TextButton onClick={() => onStep("revoke")}>{t("certificates.revoke.act")}</TextButton>}
      {may.reject && <TextButton onClick={() => onStep("reject")}>{t("certificates.reject.act")}</TextButton>}
    </div>
  );
}

function Copy({ view }: { view: View }) {
  const { t } = useTranslation();
  const { save, busy, refused } = useCopy(view);
  return (
    <>
      <div className={style["keys"]}>
        <TextButton onClick={save} disabled={busy}>
          {t("certificates.save_copy")}
        </TextButton>
      </div>
      {refused && <RefusalNote refused={refused} />}
    </>
  );
}

/** What stands in the pane while nothing more is known. */
export function WaitingPane({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Pane title={t("certificates.one")} onClose={onClose}>
      {children}
    </Pane>
  );
}
