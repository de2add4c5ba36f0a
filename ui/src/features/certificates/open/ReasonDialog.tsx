import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../../../components/FormDialog";
import { RefusalNote } from "../../../components/RefusalNote";
import { Restored } from "../../../components/Restored";
import { TextButton } from "../../../components/TextButton";
import { TextArea } from "../../../components/fields";
import { useZone } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { useKeptReason } from "../../../host/use-kept-reason";
import { useLeft, type Left } from "../../../host/use-left";
import { taskName } from "../../../forms/task";
import type { View } from "../types";
import { stepTask, type Step } from "./step";

interface ReasonDialogProps {
  step: Step;
  view: View;
  onClose: () => void;
  onDone: () => void;
}

/** Takes a step that somebody else will ask about, with the words that answer them. Ctrl Enter sends. */
export function ReasonDialog(props: ReasonDialogProps) {
  const left = useLeft(props.view.patient, taskName(stepTask(props.step, props.view.id)));
  return left && <Form {...props} left={left} />;
}

function Form({ step, view, left, onClose, onDone }: ReasonDialogProps & { left: Left }) {
  const { t } = useTranslation();
  const { id: certificate, version, patient } = view;
  const zone = useZone();
  const act = useCommand(`${step}_certificate`);
  const fields = useRef<HTMLDivElement>(null);
  const subject = taskName(stepTask(step, certificate));
  const reason = useKeptReason({ fields, patient, subject, left, busy: act.isPending, onClose });
  const send = () => reason.send((said) => act.mutateAsync({ certificate, version, reason: said }), onDone);
  const asked = act.error?.code === "missing" && act.error.fields["field"] === "reason";
  return (
    <FormDialog
      opened
      title={t(`certificates.${step}.title`)}
      act={t(`certificates.${step}.act`)}
      onAct={send}
      onClose={() => setTimeout(onClose)}
      busy={reason.busy}
    >
      <p>{t(`certificates.${step}.text`)}</p>
      {reason.since !== null && <Restored since={reason.since} zone={zone} />}
      {act.error && !asked && <RefusalNote refused={act.error} />}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        ref={fields}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          send();
        }}
      >
        <TextArea
          label={t("certificates.why")}
          name="reason"
          value={reason.text}
          onChange={reason.set}
          error={reason.missing || asked ? t("reason.required") : null}
          readOnly={reason.busy}
          autoFocus
          required
        />
        {reason.touched && !reason.busy && (
          <TextButton onClick={reason.throwAway}>{t("saved.throw_away")}</TextButton>
        )}
      </div>
    </FormDialog>
  );
}
