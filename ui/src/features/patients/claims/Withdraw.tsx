import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { ReasonPane } from "../../../components/ReasonPane";
import type { Kept } from "../../../generated/Kept";
import type { RecordId } from "../../../generated/RecordId";
import { useZone } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { useKeptReason } from "../../../host/use-kept-reason";
import type { Left } from "../../../host/use-left";
import { Pieces } from "../Pieces";
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
  const zone = useZone();
  const command = useCommand(COMMANDS[kind].withdraw);
  const words = useClaimWords()(kind, claim);
  const { id, version } = claim;
  const fields = useRef<HTMLDivElement>(null);
  const reason = useKeptReason({ fields, patient, subject, left, busy: command.isPending, onClose });
  return (
    <ReasonPane
      title={t(`patients.withdraw.${kind}`)}
      act={t("patients.withdraw_act")}
      onAct={() => reason.send((said) => command.mutateAsync({ id, version, reason: said }), onSaved)}
      refused={command.error}
      reason={reason}
      fields={fields}
      zone={zone}
      onClose={onClose}
    >
      <p>
        <Pieces pieces={words.title} />
      </p>
      <p>{t("patients.withdraw_text")}</p>
    </ReasonPane>
  );
}
