import { useTranslation } from "react-i18next";
import { Pane } from "../../../components/Pane";
import { Skeleton } from "../../../components/Skeleton";
import { tell } from "../../../components/tell";
import { ReasonPane } from "../../../forms/ReasonPane";
import { useLeft, type Left } from "../../../forms/use-left";
import { useReason } from "../../../forms/use-reason";
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

const TASK = { of: "details", act: "withdraw" } as const;

/** Withdraws a registration made by mistake: the person is found no more, and the history says why. */
export function WithdrawPatient(props: WithdrawPatientProps) {
  const { t } = useTranslation();
  const left = useLeft(props.patient, TASK);
  if (left) return <Form {...props} left={left} />;
  return (
    <Pane title={t("patients.withdraw_patient")} onClose={props.onClose}>
      <Skeleton lines={4} />
    </Pane>
  );
}

function Form({ patient, version, left, onClose, onGone }: WithdrawPatientProps & { left: Left }) {
  const { t } = useTranslation();
  const { mutateAsync } = useCommand("void_patient");
  const form = useReason({ patient, task: TASK, left, onClose });
  const gone = () => {
    tell(t("patients.withdrawn_patient"));
    onGone();
  };
  return (
    <ReasonPane
      title={t("patients.withdraw_patient")}
      act={t("patients.withdraw_patient_act")}
      onAct={() => form.send((reason) => mutateAsync({ patient, version, reason }), gone)}
      form={form}
      onClose={onClose}
    >
      <p>{t("patients.withdraw_patient_text")}</p>
    </ReasonPane>
  );
}
