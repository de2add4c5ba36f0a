import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button, PrimaryButton } from "../../components/Button";
import { TextField } from "../../components/fields";
import { RefusalNote } from "../../components/RefusalNote";
import type { Asked } from "../../generated/Asked";
import { useCommand } from "../../host/use-command";
import { refusalLine } from "../../i18n/refusal";
import style from "./Papers.module.css";

interface SheetCheckProps {
  asked: readonly Asked[];
  onDone: () => void;
  onLater?: () => void;
}

/** Asks back characters of the recovery sheet, so that it is known to be on paper. */
export function SheetCheck({ asked, onDone, onLater }: SheetCheckProps) {
  const { t } = useTranslation();
  const confirm = useCommand("confirm_sheet");
  const [typed, setTyped] = useState<readonly string[]>(asked.map(() => ""));
  const wrong = confirm.error?.code === "wrong_sheet" ? confirm.error : null;
  const set = (place: number) => (value: string) => {
    confirm.reset();
    setTyped((before) => before.map((old, at) => (at === place ? sheetSign(value) : old)));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (confirm.isPending || typed.some((sign) => !sign)) return;
    confirm.mutate({ characters: typed.join("") }, { onSuccess: onDone });
  };
  return (
    <form className={style["check"]} onSubmit={submit} noValidate>
      <h2>{t("papers.check")}</h2>
      <p>{t("papers.check_note")}</p>
      {confirm.error && !wrong && <RefusalNote refused={confirm.error} />}
      <div className={style["asked"]}>
        {asked.map(({ line, character }, at) => (
          <TextField
            key={`${line}.${character}`}
            label={t("papers.asked", { line: `${line}`, character: `${character}` })}
            value={typed[at] ?? ""}
            onChange={set(at)}
            autoComplete="off"
          />
        ))}
      </div>
      {wrong && (
        <p className={style["wrong"]} role="alert">
          {refusalLine(t, wrong)}
        </p>
      )}
      <div className={style["acts"]}>
        {onLater && (
          <>
            <small>{t("papers.later_note")}</small>
            <Button onClick={onLater}>{t("papers.later")}</Button>
          </>
        )}
        <PrimaryButton type="submit" loading={confirm.isPending} disabled={typed.some((sign) => !sign)}>
          {t("papers.act")}
        </PrimaryButton>
      </div>
    </form>
  );
}

/** The last character typed, as the sheet's alphabet has it: no O, I or L. */
function sheetSign(typed: string): string {
  const sign = typed.trim().slice(-1).toUpperCase();
  return { O: "0", I: "1", L: "1" }[sign] ?? sign;
}
