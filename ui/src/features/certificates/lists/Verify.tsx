import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { FilesButton, useDropped } from "../../../components/FilesButton";
import { RefusalNote } from "../../../components/RefusalNote";
import { Tag, type TagKind } from "../../../components/Tag";
import { TextButton } from "../../../components/TextButton";
import { TextField } from "../../../components/fields";
import type { RecordId } from "../../../generated/RecordId";
import type { OutputOf } from "../../../host/host";
import { useDates } from "../../../i18n/use-dates";
import { useCheck } from "./use-check";
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

/** What the system’s window offers first. */
const PAPERS = ".pdf,.png,.jpg,.jpeg,.txt";

/** Whether a paper is what it says: by the text of its code, scanned or pasted, by its number, or by a file of it. */
export function Verify({ onOpen }: { onOpen: (certificate: RecordId) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const check = useCheck();
  const read = (files: readonly File[]) => {
    setText("");
    check.files(files);
  };
  useDropped(read);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) check.text(text.trim());
  };
  const change = (typed: string) => {
    setText(typed);
    check.forget();
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
        <Button type="submit" loading={check.busy}>
          {t("certificates.verify.act")}
        </Button>
        <FilesButton single accept={PAPERS} onFiles={read}>
          {t("certificates.verify.file")}
        </FilesButton>
      </form>
      <div role="status">
        {check.checked && <Outcome checked={check.checked} file={check.file} onOpen={onOpen} />}
      </div>
      {check.refused && <RefusalNote refused={check.refused} />}
    </div>
  );
}

interface OutcomeProps {
  checked: Checked;
  file: string | null;
  onOpen: (certificate: RecordId) => void;
}

function Outcome({ checked, file, onOpen }: OutcomeProps) {
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
      {file && <p className={style["small"]}>{t("certificates.verify.of_file", { name: file })}</p>}
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
