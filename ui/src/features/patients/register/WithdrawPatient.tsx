import { useTranslation } from "react-i18next";
import { Pane } from "../../../components/Pane";
import { Skeleton } from "../../../components/Skeleton";
import { tell } from "../../../components/tell";
import type { RecordId } from "../../../generated/RecordId";
import { useCommand } from "../../../host/use-command";
import { useLeft } from "../../../host/use-left";
import { WithdrawPane } from "../WithdrawPane";
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
export function WithdrawPatient({ patient, version, onClose, onGone }: WithdrawPatientProps) {
  const { t } = useTranslation();
  const left = useLeft(patient, WITHDRAWAL);
  const command = useCommand("void_patient");
  const title = t("patients.withdraw_patient");
  const gone = () => {
    tell(t("patients.withdrawn_patient"));
    onGone();
  };
  if (!left) {
    return (
      <Pane title={title} onClose={onClose}>
        <Skeleton lines={4} />
      </Pane>
    );
  }
  return (
    <WithdrawPane
      patient={patient}
      subject={WITHDRAWAL}
      left={left}
      title={title}
      act={t("patients.withdraw_patient_act")}
      command={command}
      withdraw={(reason) => command.mutateAsync({ patient, version, reason })}
      onDone={gone}
      onClose={onClose}
    >
      <p>{t("patients.withdraw_patient_text")}</p>
    </WithdrawPane>
  );
}
