import { useTranslation } from "react-i18next";
import { ReasonPane } from "../../../forms/ReasonPane";
import type { Task } from "../../../forms/task";
import type { Left } from "../../../forms/use-left";
import { useReason } from "../../../forms/use-reason";
import type { Kept } from "../../../generated/Kept";
import type { RecordId } from "../../../generated/RecordId";
import type { AnyClaim, ClaimKind } from "../../../records/kind";
import { Pieces } from "../../../records/Pieces";
import { useClaimWords } from "../../../records/use-claim-words";
import { useClaimCommands } from "../../../records/use-claims";

interface WithdrawProps {
  patient: RecordId;
  kind: ClaimKind;
  task: Task;
  /** As it was when the form was opened. */
  claim: AnyClaim;
  left: Left;
  onSaved: (kept: Kept) => void;
  onClose: () => void;
}

/** Withdraws what was entered in error: it stays in the record's history with the reason. */
export function Withdraw({ patient, kind, task, claim, left, onSaved, onClose }: WithdrawProps) {
  const { t } = useTranslation();
  const { mutateAsync } = useClaimCommands(kind).withdraw;
  const words = useClaimWords()(kind, claim);
  const { id, version } = claim;
  const form = useReason({ patient, task, left, onClose });
  return (
    <ReasonPane
      title={t(`record.${kind}.withdraw`)}
      act={t("patients.withdraw_act")}
      onAct={() => form.send((reason) => mutateAsync({ id, version, reason }), onSaved)}
      form={form}
      onClose={onClose}
    >
      <p>
        <Pieces pieces={words.title} />
      </p>
      <p>{t("patients.withdraw_text")}</p>
    </ReasonPane>
  );
}
