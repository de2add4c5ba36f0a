import { useTranslation } from "react-i18next";
import { FormDialog } from "../../../components/FormDialog";
import { RefusalNote } from "../../../components/RefusalNote";
import { Restored } from "../../../components/Restored";
import { TextButton } from "../../../components/TextButton";
import { TextArea } from "../../../components/fields";
import { useZone } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { useLeft, type Left } from "../../../forms/use-left";
import { useReason } from "../../../forms/use-reason";
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
  const left = useLeft(props.view.patient, stepTask(props.step, props.view.id));
  return left && <Form {...props} left={left} />;
}

function Form({ step, view, left, onClose, onDone }: ReasonDialogProps & { left: Left }) {
  const { t } = useTranslation();
  const { id: certificate, version, patient } = view;
  const zone = useZone();
  const act = useCommand(`${step}_certificate`);
  const form = useReason({ patient, task: stepTask(step, certificate), left, onClose });
  const send = () => form.send((reason) => act.mutateAsync({ certificate, version, reason }), onDone);
  return (
    <FormDialog
      opened
      title={t(`certificates.${step}.title`)}
      act={t(`certificates.${step}.act`)}
      onAct={send}
      onClose={() => setTimeout(onClose)}
      busy={form.busy}
    >
      <p>{t(`certificates.${step}.text`)}</p>
      {form.since !== null && <Restored since={form.since} zone={zone} />}
      {form.refused && <RefusalNote refused={form.refused} />}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        {...form.around}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          send();
        }}
      >
        <TextArea {...form.text("reason")} label={t("certificates.why")} autoFocus required />
        {form.touched && !form.busy && (
          <TextButton onClick={form.throwAway}>{t("saved.throw_away")}</TextButton>
        )}
      </div>
    </FormDialog>
  );
}
