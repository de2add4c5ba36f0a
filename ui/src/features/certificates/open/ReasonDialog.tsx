import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../../../components/FormDialog";
import { RefusalNote } from "../../../components/RefusalNote";
import { TextArea } from "../../../components/fields";
import type { RecordId } from "../../../generated/RecordId";
import { useCommand } from "../../../host/use-command";

/** The steps that need a reason. */
export type Step = "return" | "reject" | "revoke";

interface ReasonDialogProps {
  step: Step;
  certificate: RecordId;
  version: number;
  onClose: () => void;
  onDone: () => void;
}

/** Takes a step that somebody else will ask about, with the words that answer them. Ctrl Enter sends. */
export function ReasonDialog({ step, certificate, version, onClose, onDone }: ReasonDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const act = useCommand(`${step}_certificate`);
  const send = () => {
    setMissing(!reason.trim());
    if (reason.trim()) act.mutate({ certificate, version, reason: reason.trim() }, { onSuccess: onDone });
  };
  const asked = act.error?.code === "missing" && act.error.fields["field"] === "reason";
  return (
    <FormDialog
      opened
      title={t(`certificates.${step}.title`)}
      act={t(`certificates.${step}.act`)}
      onAct={send}
      onClose={() => setTimeout(onClose)}
      busy={act.isPending}
    >
      <p>{t(`certificates.${step}.text`)}</p>
      {act.error && !asked && <RefusalNote refused={act.error} />}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          if (!act.isPending) send();
        }}
      >
        <TextArea
          label={t("certificates.why")}
          name="reason"
          value={reason}
          onChange={setReason}
          error={missing || asked ? t("certificates.why_required") : null}
          autoFocus
          required
        />
      </div>
    </FormDialog>
  );
}
