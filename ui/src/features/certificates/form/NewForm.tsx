import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../../components/Button";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { Restored } from "../../../components/Restored";
import { TextButton } from "../../../components/TextButton";
import { Workspace } from "../../../components/Workspace";
import type { Refused } from "../../../host/host";
import { useHost } from "../../../host/HostProvider";
import { useZone } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { useScratch } from "../../../host/use-scratch";
import { useSince } from "../../../host/use-since";
import { anyUnread } from "../../../i18n/unread-dates";
import type { NewCertificateProps } from "../NewCertificate";
import { leaveOutcome, type Outcome } from "../open/outcome";
import { TruePage } from "../page/TruePage";
import { usePreview } from "../page/use-pages";
import { paperOf } from "../page/zoom";
import { Steps } from "../Steps";
import type { Offered } from "../types";
import { Fields } from "./Fields";
import type { Kept } from "./kept";
import { PrintFields } from "./PrintFields";
import { useFirstField } from "./use-first-field";
import { useForm } from "./use-form";
import { usePrinting } from "./use-printing";
import { usedTemplate } from "./usual";
import { changesOf, textOf, type Values } from "./values";
import style from "./Form.module.css";

interface NewFormProps extends NewCertificateProps {
  offered: readonly Offered[];
  today: string;
  subject: string;
  start: Values;
  /** Typing that was left here. */
  kept: Kept | null;
  /** When it was typed, in milliseconds since 1970; null where nothing was left. */
  since: number | null;
}

type Then = "keep" | "submit" | "issue";

/** The form of a new certificate; nothing is written until it is kept, submitted or issued. */
export function NewForm({ patient, origin, banner, onClose, onWritten, ...props }: NewFormProps) {
  const { t } = useTranslation();
  const host = useHost();
  const { offered, today, subject, kept } = props;
  const zone = useZone();
  const [start] = useState(kept?.before ?? props.start);
  const visit = kept ? kept.visit : props.visit;
  const form = useForm(kept?.values ?? start, kept?.unread);
  const { values, unread } = form;
  const touched = Object.keys(changesOf(start, values)).length > 0 || anyUnread(unread);
  const typing = JSON.stringify({ version: null, visit, before: start, values, unread } satisfies Kept);
  const since = useSince(props.since, touched);
  const scratch = useScratch(patient, subject, typing, touched, kept !== null);
  const input = {
    patient,
    visit,
    extends: origin.extends ?? null,
    replaces: origin.replaces ?? null,
    details: textOf(values),
  };
  const preview = usePreview({ patient, visit, details: input.details });
  const printing = usePrinting();
  const mayIssue = offered.find(({ id }) => id === values.template)?.may_issue ?? false;
  const draft = useCommand("draft_certificate");
  const submit = useCommand("submit_certificate");
  const issue = useCommand("issue_certificate");
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const acting = useRef(false);
  useFirstField(form.around);

  const goOn = async (then: Then) => {
    const { id, version } = await draft.mutateAsync(input);
    scratch.forget();
    usedTemplate(values.template);
    let outcome: Outcome = {};
    try {
      if (then === "submit") await submit.mutateAsync({ certificate: id, version, reason: null });
      if (then === "issue") {
        // Only now is there a record whose author's note can be asked for.
        const { note_open } = await host.call("certificate", { certificate: id });
        if (note_open) outcome = { asks: true };
        else {
          await issue.mutateAsync({ certificate: id, version });
          const unprinted = printing.printer ? await printing.print(id) : null;
          if (unprinted) outcome = { unprinted };
        }
      }
    } catch (reason) {
      outcome = { refused: reason as Refused };
    }
    leaveOutcome(id, outcome);
    onWritten(id);
  };
  const act = (then: Then) => {
    if (acting.current || !form.check(then === "keep" ? [] : (preview.pages?.lacking ?? []))) return;
    acting.current = true;
    setBusy(true);
    setRefused(null);
    const written = goOn(then)
      .catch((reason: Refused) => {
        if (!form.refuse(reason)) setRefused(reason);
      })
      .finally(() => {
        acting.current = false;
        setBusy(false);
      });
    scratch.until(written);
  };
  const throwAway = () => {
    scratch.forget();
    onClose();
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
          status={scratch.keptAt && t("certificates.saved", { time: scratch.keptAt })}
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
          {refused && <RefusalNote refused={refused} />}
          {since !== null && <Restored since={since} zone={zone} />}
          <Fields form={form} offered={offered} today={today} days={preview.pages?.days ?? null}>
            {mayIssue && <PrintFields printing={printing} />}
          </Fields>
          <div className={style["acts"]}>
            <TextButton onClick={() => act("keep")}>{t("certificates.keep_draft")}</TextButton>
            {touched && <TextButton onClick={throwAway}>{t("saved.throw_away")}</TextButton>}
          </div>
        </Pane>
      }
    >
      <TruePage
        paper={paperOf(values.paper)}
        pages={preview.pages}
        refused={preview.refused}
        onAgain={preview.again}
        onWidth={preview.onWidth}
      />
    </Workspace>
  );
}
