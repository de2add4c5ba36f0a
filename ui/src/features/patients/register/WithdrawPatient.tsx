import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Pane } from "../../../components/Pane";
import { ReasonPane } from "../../../components/ReasonPane";
import { Skeleton } from "../../../components/Skeleton";
import { tell } from "../../../components/tell";
import type { RecordId } from "../../../generated/RecordId";
import { useZone } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { useKeptReason } from "../../../host/use-kept-reason";
import { useLeft, type Left } from "../../../host/use-left";
import { WITHDRAWAL } from "./draft";

interface WithdrawPatientProps {
  patient: RecordId;
  /** The version that was seen. */
  version: number;
  onClose: () => void;
  /** Nobody is here any more. */
  onGone: () => void;
}

/** Withdraws a registration made by mistake: the person is found no more, and the history says why. */
export function WithdrawPatient(props: WithdrawPatientProps) {
  const { t } = useTranslation();
  const left = useLeft(props.patient, WITHDRAWAL);
  if (left) return <Form {...props} left={left} />;
  return (
    <Pane title={t("patients.withdraw_patient")} onClose={props.onClose}>
      <Skeleton lines={4} />
    </Pane>
  );
}

function Form({ patient, version, left, onClose, onGone }: WithdrawPatientProps & { left: Left }) {
  const { t } = useTranslation();
  const zone = useZone();
  const command = useCommand("void_patient");
  const busy = command.isPending;
  const fields = useRef<HTMLDivElement>(null);
  const reason = useKeptReason({ fields, patient, subject: WITHDRAWAL, left, busy, onClose });
  const withdraw = (said: string) => command.mutateAsync({ patient, version, reason: said });
  const gone = () => {
    tell(t("patients.withdrawn_patient"));
    onGone();
  };
  return (
    <ReasonPane
      title={t("patients.withdraw_patient")}
      act={t("patients.withdraw_patient_act")}
      onAct={() => reason.send(withdraw, gone)}
      refused={command.error}
      reason={reason}
      fields={fields}
      zone={zone}
      onClose={onClose}
    >
      <p>{t("patients.withdraw_patient_text")}</p>
    </ReasonPane>
  );
}
