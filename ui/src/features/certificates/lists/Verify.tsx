import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { RefusalNote } from "../../../components/RefusalNote";
import { Tag, type TagKind } from "../../../components/Tag";
import { TextButton } from "../../../components/TextButton";
import { TextField } from "../../../components/fields";
import type { RecordId } from "../../../generated/RecordId";
import type { OutputOf } from "../../../host/host";
import { useCommand } from "../../../host/use-command";
import { useDates } from "../../../i18n/use-dates";
import style from "./Lists.module.css";

type Checked = OutputOf<"verify_certificate">;

const KINDS: Record<Checked["outcome"], TagKind> = {
  genuine: "ok",
  expired: "warn",
  revoked: "warn",
  superseded: "warn",
  not_genuine: "danger",
  unknown_issuer: "warn",
};

/** Whether a paper in hand is what it says: by the text of its code, scanned or pasted, or by its number. */
export function Verify({ onOpen }: { onOpen: (certificate: RecordId) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const check = useCommand("verify_certificate");
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) check.mutate({ text: text.trim() });
  };
  const change = (typed: string) => {
    setText(typed);
    // What is told belongs to the text that was checked.
    check.reset();
  };
  return (
    <div>
      <form className={style["row"]} onSubmit={send} noValidate>
        <TextField
          label={t("certificates.verify.label")}
          value={text}
          onChange={change}
          placeholder={t("certificates.verify.hint")}
          autoComplete="off"
        />
        <Button type="submit" loading={check.isPending}>
          {t("certificates.verify.act")}
        </Button>
      </form>
      <div role="status">{check.data && <Outcome checked={check.data} onOpen={onOpen} />}</div>
      {check.error && <RefusalNote refused={check.error} />}
    </div>
  );
}

function Outcome({ checked, onOpen }: { checked: Checked; onOpen: (certificate: RecordId) => void }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const { outcome, superseded_by, revocations_as_of, certificate } = checked;
  const kind = KINDS[outcome];
  const stale =
    outcome === "genuine" || outcome === "expired"
      ? revocations_as_of
        ? t("certificates.verify.as_of", { day: date(revocations_as_of) })
        : t("certificates.verify.never")
      : null;
  return (
    <div className={style["outcome"]} data-kind={kind}>
      <p className={style["verdict"]}>
        <Tag kind={kind}>{t(`certificates.verify.${outcome}.word`)}</Tag>
      </p>
      <p>{t(`certificates.verify.${outcome}.text`)}</p>
      {superseded_by && <p>{t("certificates.verify.by", { number: superseded_by })}</p>}
      {stale && <p className={style["small"]}>{stale}</p>}
      {certificate && (
        <p>
          <TextButton onClick={() => onOpen(certificate)}>{t("certificates.verify.open")}</TextButton>
        </p>
      )}
    </div>
  );
}
