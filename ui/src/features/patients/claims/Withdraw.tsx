import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../../components/Button";
import { TextArea } from "../../../components/fields";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import type { Kept } from "../../../generated/Kept";
import { useCommand } from "../../../host/use-command";
import { Pieces } from "../Pieces";
import { COMMANDS } from "./commands";
import type { ClaimKind } from "./specs";
import { useClaimWords, type AnyClaim } from "./use-claim-words";

interface WithdrawProps {
  kind: ClaimKind;
  /** As it was when the form was opened. */
  claim: AnyClaim;
  onSaved: (kept: Kept) => void;
  onClose: () => void;
}

/** Withdraws what was entered in error: it stays in the record's history with the reason. */
export function Withdraw({ kind, claim, onSaved, onClose }: WithdrawProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | null>(null);
  const withdraw = useCommand(COMMANDS[kind].withdraw);
  const words = useClaimWords()(kind, claim);
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.querySelector("textarea")?.focus(), []);
  const act = () => {
    if (!reason.trim()) return setError(t("patients.reason_required"));
    const { id, version } = claim;
    withdraw.mutate({ id, version, reason: reason.trim() }, { onSuccess: onSaved });
  };
  return (
    <Pane
      title={t(`patients.withdraw.${kind}`)}
      onClose={onClose}
      status=""
      action={
        <PrimaryButton shortcut="mod+Enter" onClick={act} loading={withdraw.isPending}>
          {t("patients.withdraw_act")}
        </PrimaryButton>
      }
    >
      {withdraw.error && <RefusalNote refused={withdraw.error} />}
      <p>
        <Pieces pieces={words.title} />
      </p>
      <p>{t("patients.withdraw_text")}</p>
      <div ref={field}>
        <TextArea label={t("patients.reason")} value={reason} onChange={setReason} error={error} required />
      </div>
    </Pane>
  );
}
