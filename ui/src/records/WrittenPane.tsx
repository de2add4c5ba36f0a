import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../components/Acts";
import { Button, PrimaryButton } from "../components/Button";
import { TextField } from "../components/fields";
import { FormDialog } from "../components/FormDialog";
import { Pane } from "../components/Pane";
import { RefusalNote } from "../components/RefusalNote";
import type { RecordId } from "../generated/RecordId";
import type { Refused } from "../host/host";
import { useCommand } from "../host/use-command";

interface Withdrawal {
  command: "void_snippet" | "void_note_set";
  /** The record as it was seen. */
  seen: { id: RecordId | null; version: number | null };
  title: string;
  /** What goes, and what stays. */
  text: string;
  onDone: () => void;
}

interface WrittenPaneProps {
  title: string;
  onSave: () => void;
  /** Where saving keeps a draft: what it is called, and the act that makes it hold; null to whom may not. */
  draft?: { save: string; publish: { act: string; run: () => void } | null };
  busy: boolean;
  /** What was refused and is not told at a field. */
  refused: Refused | null;
  /** How it is taken away, where it is there already. */
  withdrawal: Withdrawal | null;
  /** Something was typed that is not saved. */
  touched: boolean;
  onTouched: (touched: boolean) => void;
  onClose: () => void;
  children: ReactNode;
}

/** Writes something that the clinic or a person has for their notes, and takes it away with a reason. */
export function WrittenPane({
  title,
  onSave,
  draft,
  busy,
  refused,
  withdrawal,
  touched,
  onTouched,
  onClose,
  children,
}: WrittenPaneProps) {
  const { t } = useTranslation();
  useEffect(() => onTouched(touched), [onTouched, touched]);
  const { save = t("snippets.save"), publish } = draft ?? {};
  const [withdrawing, setWithdrawing] = useState(false);
  return (
    <Pane
      title={title}
      onClose={onClose}
      action={
        <Acts>
          {withdrawal && <Button onClick={() => setWithdrawing(true)}>{t("snippets.withdraw")}</Button>}
          {publish && (
            <Button onClick={onSave} disabled={busy}>
              {save}
            </Button>
          )}
          <PrimaryButton shortcut="mod+Enter" onClick={publish?.run ?? onSave} loading={busy}>
            {publish?.act ?? save}
          </PrimaryButton>
        </Acts>
      }
    >
      {refused && <RefusalNote refused={refused} />}
      {children}
      {withdrawal && withdrawing && <Withdraw {...withdrawal} onClose={() => setWithdrawing(false)} />}
    </Pane>
  );
}

function Withdraw({ command, seen, title, text, onDone, onClose }: Withdrawal & { onClose: () => void }) {
  const { t } = useTranslation();
  const withdraw = useCommand(command);
  const [reason, setReason] = useState("");
  const [told, setTold] = useState(false);
  const act = () => {
    setTold(true);
    if (!reason.trim()) return;
    withdraw.mutate(
      { id: seen.id ?? "", version: seen.version ?? 0, reason: reason.trim() },
      { onSuccess: onDone },
    );
  };
  return (
    <FormDialog
      opened
      title={title}
      act={t("snippets.withdraw_act")}
      onAct={act}
      onClose={onClose}
      busy={withdraw.isPending}
    >
      {withdraw.error && <RefusalNote refused={withdraw.error} />}
      <p>{text}</p>
      <TextField
        label={t("snippets.why")}
        value={reason}
        onChange={setReason}
        error={told && !reason.trim() ? t("reason.required") : undefined}
        autoComplete="off"
        required
      />
    </FormDialog>
  );
}
