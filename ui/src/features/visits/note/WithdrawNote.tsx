import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { TextArea } from "../../../components/fields";
import { RefusalNote } from "../../../components/RefusalNote";
import type { RecordId } from "../../../generated/RecordId";
import { useCommand } from "../../../host/use-command";
import style from "./note.module.css";

/** Withdraws a note that nobody has signed: it stays in the history with the reason. */
export function WithdrawNote({
  note,
  version,
  onDone,
}: {
  note: RecordId;
  version: number;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | null>(null);
  const withdraw = useCommand("void_note");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("textarea")?.focus(), []);
  const act = () => {
    if (!reason.trim()) return setError(t("visits.note.reason_required"));
    withdraw.mutate({ id: note, version, reason: reason.trim() }, { onSuccess: onDone });
  };
  return (
    <div ref={box} className={style["withdraw"]}>
      {withdraw.error && <RefusalNote refused={withdraw.error} />}
      <p>{t("visits.note.withdraw_text")}</p>
      <TextArea label={t("visits.note.reason")} value={reason} onChange={setReason} error={error} required />
      <div>
        <Button onClick={act} loading={withdraw.isPending}>
          {t("visits.note.withdraw_act")}
        </Button>
      </div>
    </div>
  );
}
