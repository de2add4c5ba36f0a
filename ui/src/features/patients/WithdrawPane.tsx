import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../components/Button";
import { TextArea } from "../../components/fields";
import { Pane } from "../../components/Pane";
import { RefusalNote } from "../../components/RefusalNote";
import { Restored } from "../../components/Restored";
import { TextButton } from "../../components/TextButton";
import type { Kept } from "../../generated/Kept";
import type { RecordId } from "../../generated/RecordId";
import type { Refused } from "../../host/host";
import type { Left } from "../../host/use-left";
import { useScratch } from "../../host/use-scratch";
import { useWhen } from "./now";

interface WithdrawPaneProps {
  patient: RecordId;
  /** The name under which the reason is kept. */
  subject: string;
  /** The reason that was left here. */
  left: Left;
  title: string;
  /** What the main act is called. */
  act: string;
  /** The command that withdraws, as it stands. */
  command: { isPending: boolean; error: Refused | null };
  withdraw: (reason: string) => Promise<Kept>;
  onDone: (kept: Kept) => void;
  onClose: () => void;
  /** What is withdrawn, and what becomes of it. */
  children: ReactNode;
}

/** Withdraws something for a reason, which is kept while it is typed. */
export function WithdrawPane(props: WithdrawPaneProps) {
  const { patient, subject, left, title, act, command, withdraw, onDone, onClose, children } = props;
  const { t } = useTranslation();
  const when = useWhen();
  const [reason, setReason] = useState(left.row?.text ?? "");
  const [error, setError] = useState<string | null>(null);
  const busy = command.isPending;
  const touched = reason.trim() !== "";
  const scratch = useScratch(patient, subject, reason, touched, left.row !== null, busy);
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.querySelector("textarea")?.focus(), []);
  const save = () => {
    if (busy) return;
    if (!touched) return setError(t("patients.reason_required"));
    const withdrawn = (kept: Kept) => {
      scratch.forget();
      // Whoever left before the answer is not called back.
      if (field.current) onDone(kept);
    };
    const refused = () => undefined;
    scratch.until(withdraw(reason.trim()).then(withdrawn, refused));
  };
  const throwAway = () => {
    scratch.forget();
    onClose();
  };
  return (
    <Pane
      title={title}
      onClose={onClose}
      status={scratch.keptAt && t("saved.here", { time: scratch.keptAt })}
      action={
        <PrimaryButton shortcut="mod+Enter" onClick={save} loading={busy}>
          {act}
        </PrimaryButton>
      }
    >
      {command.error && <RefusalNote refused={command.error} />}
      {left.row && touched && (
        <Restored>{t("patients.restored", { when: when(new Date(left.row.at).toISOString()) })}</Restored>
      )}
      {children}
      <div ref={field}>
        <TextArea
          label={t("patients.reason")}
          value={reason}
          onChange={setReason}
          error={error}
          readOnly={busy}
          required
        />
      </div>
      <div>{touched && !busy && <TextButton onClick={throwAway}>{t("patients.throw_away")}</TextButton>}</div>
    </Pane>
  );
}
