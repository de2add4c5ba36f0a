import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { FilesButton } from "../../../components/FilesButton";
import { RefusalNote } from "../../../components/RefusalNote";
import { TextField } from "../../../components/fields";
import type { RecordId } from "../../../generated/RecordId";
import { useDropped } from "../../../host/use-files";
import { Answer } from "./Answer";
import { useCheck } from "./use-check";
import style from "./Lists.module.css";

/** What a paper must read: by the text of its code, scanned or pasted, by its number, or by a file of it. */
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
        <FilesButton single onFiles={read}>
          {t("certificates.verify.file")}
        </FilesButton>
      </form>
      <div role="status">
        {check.checked && <Answer checked={check.checked} file={check.file} onOpen={onOpen} />}
      </div>
      {check.refused && <RefusalNote refused={check.refused} />}
    </div>
  );
}
