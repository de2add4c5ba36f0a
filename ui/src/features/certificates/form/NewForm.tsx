import { useTranslation } from "react-i18next";
import { Acts } from "../../../components/Acts";
import { PrimaryButton } from "../../../components/Button";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { Restored } from "../../../components/Restored";
import { TextButton } from "../../../components/TextButton";
import { Workspace } from "../../../components/Workspace";
import { writeTyping } from "../../../forms/kept";
import type { KeptTyping } from "../../../forms/use-left";
import { useRecordForm } from "../../../forms/use-record-form";
import type { Refused } from "../../../host/host";
import { useHost } from "../../../host/HostProvider";
import { useZone } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import type { NewCertificateProps } from "../NewCertificate";
import { Bars } from "../open/Bars";
import { leaveOutcome, type Outcome } from "../open/outcome";
import { useSend } from "../open/use-send";
import { TruePage } from "../page/TruePage";
import { paperOf } from "../page/zoom";
import { Steps } from "../Steps";
import type { Offered } from "../types";
import { Fields } from "./Fields";
import { newTask } from "./kept";
import { firstOpen } from "./lens";
import { PrintFields } from "./PrintFields";
import { lacks, refusedAt } from "./use-form";
import { usePrinting } from "./use-printing";
import { useTypedPage } from "./use-typed-page";
import { usedTemplate } from "./usual";
import { isSlip, isSpectacles, storedValues, textOf, type AtVisit, type Values } from "./values";

interface NewFormProps extends NewCertificateProps {
  offered: readonly Offered[];
  today: string;
  start: Values;
  /** Typing that was left here. */
  kept: KeptTyping<Values> | null;
  /** What the visit says that a slip prints. */
  at: AtVisit | undefined;
}

type Then = "keep" | "submit" | "issue";

/** The form of a new certificate; nothing is written until it is kept, submitted or issued. */
export function NewForm({ patient, origin, banner, onClose, onWritten, ...props }: NewFormProps) {
  const { t } = useTranslation();
  const host = useHost();
  const { offered, today, kept } = props;
  const zone = useZone();
  const visit = kept ? (kept.typing.seen.visit ?? null) : props.visit;
  const chosenOf = ({ template }: Values) => offered.find(({ id }) => id === template);
  const form = useRecordForm({
    patient,
    task: newTask(origin),
    begun: { seen: { version: null }, before: props.start },
    kept,
    onClose,
    stored: storedValues,
    // The visit may be known only after the form.
    write: (typing) => writeTyping({ ...typing, seen: { version: null, visit } }),
    at: (refused) => refusedAt(t, refused),
    first: firstIn(props.start, chosenOf(props.start)),
  });
  const { values, touched, busy, since } = form;
  const input = {
    patient,
    visit,
    extends: origin.extends ?? null,
    replaces: origin.replaces ?? null,
    details: textOf(values),
  };
  const typed = useTypedPage(form, { patient, visit, details: input.details });
  const { preview } = typed;
  const printing = usePrinting();
  const chosen = chosenOf(values);
  const mayIssue = chosen?.may_issue ?? false;
  const draft = useCommand("draft_certificate");
  const submit = useCommand("submit_certificate");
  const send = useSend(printing);

  const write = async (then: Then) => {
    const { id, version } = await draft.mutateAsync(input);
    form.forget();
    // A slip has its own act; the next certificate is as the last one was.
    usedTemplate(chosen);
    let outcome: Outcome = {};
    try {
      if (then === "submit") await submit.mutateAsync({ certificate: id, version, reason: null });
      if (then === "issue") {
        // Only now is there a record whose author's note can be asked for.
        const { note_open } = await host.call("certificate", { certificate: id });
        outcome = note_open ? { asks: true } : await send(id, version);
      }
    } catch (reason) {
      outcome = { refused: reason as Refused };
    }
    leaveOutcome(id, outcome);
    return id;
  };
  const act = (then: Then) => {
    const lacking = then === "keep" ? [] : (preview.pages?.lacking ?? []);
    form.act(() => write(then), { check: () => lacks(t, values, form.unread, lacking), done: onWritten });
  };
  const wanted = mayIssue ? "issue" : "submit";
  return (
    <Workspace
      flush
      banner={banner(<Steps status="draft" short={mayIssue} />)}
      pane={
        <Pane
          title={t(
            origin.extends
              ? "certificates.extension"
              : origin.replaces
                ? "certificates.replacement"
                : "certificates.one",
          )}
          onClose={onClose}
          status={
            typed.unsaved
              ? t("certificates.not_saved")
              : form.keptAt && t("certificates.saved", { time: form.keptAt })
          }
          action={
            <PrimaryButton
              shortcut={mayIssue ? "mod+shift+Enter" : "mod+Enter"}
              onClick={() => act(wanted)}
              loading={busy}
            >
              {t(
                mayIssue
                  ? printing.printer
                    ? "certificates.issue_print"
                    : "certificates.issue"
                  : "certificates.submit",
              )}
            </PrimaryButton>
          }
        >
          {form.refused && <RefusalNote refused={form.refused} />}
          <Bars bars={preview.pages?.bars ?? []} />
          {since !== null && <Restored since={since} zone={zone} />}
          <Fields
            form={typed.form}
            offered={offered}
            today={today}
            days={typed.miscounted ? null : (preview.pages?.days ?? null)}
            visit={props.at}
            remarks={preview.pages?.remarks ?? []}
          >
            {mayIssue && <PrintFields printing={printing} />}
          </Fields>
          <Acts>
            <TextButton onClick={() => act("keep")}>{t("certificates.keep_draft")}</TextButton>
            {touched && <TextButton onClick={form.throwAway}>{t("saved.throw_away")}</TextButton>}
          </Acts>
        </Pane>
      }
    >
      <TruePage paper={paperOf(values.paper)} {...preview} />
    </Workspace>
  );
}

/** The field in which the keys begin: what the template lets nobody leave out, else the reason. */
function firstIn(start: Values, chosen: Offered | undefined): string {
  if (isSpectacles(chosen)) return firstOpen(start);
  return isSlip(chosen) && !start.sent_to ? "sent_to" : "reason";
}
