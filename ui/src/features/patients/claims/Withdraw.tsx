import { useTranslation } from "react-i18next";
import { ReasonPane } from "../../../forms/ReasonPane";
import type { Task } from "../../../forms/task";
import type { Left } from "../../../forms/use-left";
import { useReason } from "../../../forms/use-reason";
import type { Kept } from "../../../generated/Kept";
import type { RecordId } from "../../../generated/RecordId";
import { useCommand } from "../../../host/use-command";
import { Pieces } from "../Pieces";
import { COMMANDS } from "./commands";
import type { ClaimKind } from "./specs";
import { useClaimWords, type AnyClaim } from "./use-claim-words";

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
  const { mutateAsync } = useCommand(COMMANDS[kind].withdraw);
  const words = useClaimWords()(kind, claim);
  const { id, version } = claim;
  const form = useReason({ patient, task, left, onClose });
  return (
    <ReasonPane
      title={t(`patients.withdraw.${kind}`)}
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
