import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../../components/Acts";
import { PrimaryButton } from "../../../components/Button";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { TextButton } from "../../../components/TextButton";
import { Workspace } from "../../../components/Workspace";
import type { KeptTyping } from "../../../forms/use-left";
import { useCommand } from "../../../host/use-command";
import { Bars } from "../open/Bars";
import type { Outcome } from "../open/outcome";
import { OpenNote } from "../open/OpenNote";
import { useSend } from "../open/use-send";
import { TruePage } from "../page/TruePage";
import { paperOf } from "../page/zoom";
import type { Offered, View } from "../types";
import { Fields } from "./Fields";
import { PrintFields } from "./PrintFields";
import { useDraft } from "./use-draft";
import type { Printing } from "./use-printing";
import { lacks, refusedAt } from "./use-form";
import { useTypedPage } from "./use-typed-page";
import { textOf, type Values } from "./values";

export interface DraftFormProps {
  view: View;
  offered: readonly Offered[];
  today: string;
  kept: KeptTyping<Values> | null;
  printing: Printing;
  outcome: Outcome;
  onOutcome: (outcome: Outcome) => void;
  /** Somebody changed it meanwhile: it is to be seen as it is now. */
  onStale: () => void;
  banner: ReactNode;
  /** Stands above the fields, such as why it was returned. */
  above?: ReactNode;
  onClose: () => void;
  onNote?: (() => void) | undefined;
}

/** A draft that may still be changed: kept as it is typed, and sent on from here. */
export function DraftForm(props: DraftFormProps) {
  const { view, offered, today, printing, outcome, onOutcome, onStale } = props;
  const { banner, above, onClose, onNote } = props;
  const { t } = useTranslation();
  const draft = useDraft(view, props.kept);
  const { form, flush } = draft;
  const { values } = form;
  const typed = useTypedPage(form, {
    patient: view.patient,
    visit: view.details.visit ?? null,
    details: textOf(values),
  });
  const { preview } = typed;
  const submit = useCommand("submit_certificate");
  const send = useSend(printing);
  const [asking, setAsking] = useState(outcome.asks ?? false);
  const mayIssue = view.may.issue;
  const atField = draft.refused && Object.keys(refusedAt(t, draft.refused) ?? {})[0];
  // What stands at its field is told there alone.
  const refused = atField && atField in typed.form.errors ? null : draft.refused;
  const lacking = preview.pages?.lacking ?? view.lacking;

  const act = (what: (version: number) => Promise<Outcome>) =>
    form.act(
      async () => {
        onOutcome({});
        // It is told where the certificate is shown next, too.
        onOutcome(await what(await flush()));
        return {};
      },
      {
        check: () => lacks(t, values, form.unread, lacking),
        again: () => draft.held(),
        done: () => undefined,
        refused: (refused) => {
          if (!refusedAt(t, refused)) onOutcome({ refused });
          if (refused.code === "stale") onStale();
        },
      },
    );
  const submitIt = () =>
    act(async (version) => {
      await submit.mutateAsync({ certificate: view.id, version, reason: null });
      return {};
    });
  const issueIt = (asked = false) => {
    setAsking(false);
    if (!form.tell(lacks(t, values, form.unread, lacking))) return;
    if (view.note_open && !asked) return setAsking(true);
    act((version) => send(view.id, version));
  };
  const words = printing.printer ? "certificates.issue_print" : "certificates.issue";
  return (
    <Workspace
      flush
      banner={banner}
      pane={
        <Pane
          title={t("certificates.one")}
          {...(asking ? {} : { onClose })}
          status={
            typed.unsaved || draft.refused
              ? t("certificates.not_saved")
              : draft.savedAt && t("certificates.saved", { time: draft.savedAt })
          }
          action={
            <PrimaryButton
              shortcut={mayIssue ? "mod+shift+Enter" : "mod+Enter"}
              onClick={() => (mayIssue ? issueIt() : submitIt())}
              loading={form.busy}
              disabled={asking}
            >
              {t(mayIssue ? words : "certificates.submit")}
            </PrimaryButton>
          }
        >
          {above}
          <Bars bars={view.bars} />
          {outcome.refused && <RefusalNote refused={outcome.refused} />}
          {refused && <RefusalNote refused={refused} onRetry={draft.retry} />}
          {draft.conflict && <p role="alert">{t("certificates.conflict")}</p>}
          <div onBlur={draft.leave}>
            <Fields
              form={typed.form}
              offered={offered}
              today={today}
              days={typed.miscounted ? null : (preview.pages?.days ?? view.days)}
              remarks={preview.pages?.remarks ?? view.remarks}
            >
              {mayIssue && <PrintFields printing={printing} />}
            </Fields>
          </div>
          {mayIssue && view.may.submit && (
            <Acts>
              <TextButton onClick={submitIt}>{t("certificates.submit_instead")}</TextButton>
            </Acts>
          )}
          <OpenNote
            opened={asking}
            view={view}
            onClose={() => setAsking(false)}
            onNote={onNote}
            onIssue={() => issueIt(true)}
          />
        </Pane>
      }
    >
      <TruePage paper={paperOf(values.paper)} {...preview} />
    </Workspace>
  );
}
