import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../components/fields";
import { FormDialog } from "../components/FormDialog";
import { RefusalNote } from "../components/RefusalNote";
import type { RecordId } from "../generated/RecordId";
import { useCommand } from "../host/use-command";

interface WithdrawDialogProps {
  command: "void_snippet" | "void_note_set";
  /** The record as it was seen. */
  seen: { id: RecordId | null; version: number | null };
  title: string;
  /** What goes, and what stays. */
  text: string;
  onClose: () => void;
  onDone: () => void;
}

/** Asks why something of the clinic goes, and takes it away. */
export function WithdrawDialog({ command, seen, title, text, onClose, onDone }: WithdrawDialogProps) {
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
