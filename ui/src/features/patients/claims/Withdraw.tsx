import { useTranslation } from "react-i18next";
import type { Kept } from "../../../generated/Kept";
import type { RecordId } from "../../../generated/RecordId";
import { useCommand } from "../../../host/use-command";
import type { Left } from "../../../host/use-left";
import { Pieces } from "../Pieces";
import { WithdrawPane } from "../WithdrawPane";
import { COMMANDS } from "./commands";
import type { ClaimKind } from "./specs";
import { useClaimWords, type AnyClaim } from "./use-claim-words";

interface WithdrawProps {
  patient: RecordId;
  kind: ClaimKind;
  /** As it was when the form was opened. */
  claim: AnyClaim;
  /** The name under which the reason is kept. */
  subject: string;
  left: Left;
  onSaved: (kept: Kept) => void;
  onClose: () => void;
}

/** Withdraws what was entered in error: it stays in the record's history with the reason. */
export function Withdraw({ patient, kind, claim, subject, left, onSaved, onClose }: WithdrawProps) {
  const { t } = useTranslation();
  const command = useCommand(COMMANDS[kind].withdraw);
  const words = useClaimWords()(kind, claim);
  const { id, version } = claim;
  return (
    <WithdrawPane
      patient={patient}
      subject={subject}
      left={left}
      title={t(`patients.withdraw.${kind}`)}
      act={t("patients.withdraw_act")}
      command={command}
      withdraw={(reason) => command.mutateAsync({ id, version, reason })}
      onDone={onSaved}
      onClose={onClose}
    >
      <p>
        <Pieces pieces={words.title} />
      </p>
      <p>{t("patients.withdraw_text")}</p>
    </WithdrawPane>
  );
}
