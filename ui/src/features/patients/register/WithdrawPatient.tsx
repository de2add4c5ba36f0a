import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../../components/Button";
import { TextArea } from "../../../components/fields";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { tell } from "../../../components/tell";
import type { RecordId } from "../../../generated/RecordId";
import { useCommand } from "../../../host/use-command";

interface WithdrawPatientProps {
  patient: RecordId;
  /** The version that was seen. */
  version: number;
  onClose: () => void;
  /** Nobody is here any more. */
  onGone: () => void;
}

/** Withdraws a registration made by mistake: the person is found no more, and the history says why. */
export function WithdrawPatient({ patient, version, onClose, onGone }: WithdrawPatientProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | null>(null);
  const withdraw = useCommand("void_patient");
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.querySelector("textarea")?.focus(), []);
  const act = () => {
    if (withdraw.isPending) return;
    if (!reason.trim()) return setError(t("patients.reason_required"));
    const done = () => {
      tell(t("patients.withdrawn_patient"));
      onGone();
    };
    withdraw.mutate({ patient, version, reason: reason.trim() }, { onSuccess: done });
  };
  return (
    <Pane
      title={t("patients.withdraw_patient")}
      onClose={onClose}
      status=""
      action={
        <PrimaryButton shortcut="mod+Enter" onClick={act} loading={withdraw.isPending}>
          {t("patients.withdraw_patient_act")}
        </PrimaryButton>
      }
    >
      {withdraw.error && <RefusalNote refused={withdraw.error} />}
      <p>{t("patients.withdraw_patient_text")}</p>
      <div ref={field}>
        <TextArea label={t("patients.reason")} value={reason} onChange={setReason} error={error} required />
      </div>
    </Pane>
  );
}
