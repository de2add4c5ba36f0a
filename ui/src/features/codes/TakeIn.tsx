import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../components/Button";
import { CheckField, FieldTrouble, TextArea, TextField } from "../../components/fields";
import { Pane } from "../../components/Pane";
import { RefusalNote } from "../../components/RefusalNote";
import { Skeleton } from "../../components/Skeleton";
import type { CodesTaken } from "../../generated/CodesTaken";
import { base64Of, isWorkbook } from "../../host/base64-of";
import type { Refused } from "../../host/host";
import { textOf } from "../../host/text-of";
import { useCommand } from "../../host/use-command";
import { Looked } from "./Looked";
import style from "./Codes.module.css";

interface TakeInProps {
  file: File;
  onClose: () => void;
  onTaken: (names: number) => void;
}

const BLANK = { system: "", version: "", language: "en", licence: "" };
type Name = keyof typeof BLANK;

/** A file of codes: what it holds, and then taken in with its licence confirmed. */
export function TakeIn({ file, onClose, onTaken }: TakeInProps) {
  const { t } = useTranslation();
  const command = useCommand("take_in_codes");
  const [read, setRead] = useState<Read | null>(null);
  const [looked, setLooked] = useState<CodesTaken | null>(null);
  const [unread, setUnread] = useState<Refused | null>(null);
  const [says, setSays] = useState(BLANK);
  const [confirmed, setConfirmed] = useState(false);
  const [told, setTold] = useState(false);

  const look = useEffectEvent((read: Read) => {
    setRead(read);
    const input = { ...read, ...EMPTY, confirmed: false, dry_run: true };
    const seen = (found: CodesTaken) => {
      setLooked(found);
      setSays((now) => ({ ...now, system: found.system, version: found.version }));
    };
    command.mutate(input, { onSuccess: seen });
  });
  useEffect(() => {
    let left = false;
    readIn(file).then(
      (read) => !left && look(read),
      (refused: Refused) => !left && setUnread(refused),
    );
    return () => void (left = true);
  }, [file]);

  const lacks = (name: Name) => told && says[name].trim() === "";
  const take = () => {
    setTold(true);
    if (read === null || !confirmed || REQUIRED.some((name) => says[name].trim() === "")) return;
    command.mutate(
      { ...read, ...says, confirmed, dry_run: false },
      { onSuccess: ({ names }) => onTaken(names) },
    );
  };
  const field = (name: Name) => ({
    label: t(`codes.field.${name}`),
    name,
    value: says[name],
    onChange: (value: string) => setSays({ ...says, [name]: value }),
    error: REQUIRED.includes(name) && lacks(name) ? t("patients.required") : undefined,
    required: REQUIRED.includes(name),
  });
  const refused = unread ?? command.error;
  return (
    <Pane
      title={file.name}
      onClose={onClose}
      action={
        looked && (
          <PrimaryButton shortcut="mod+Enter" onClick={take} loading={command.isPending}>
            {t("codes.take")}
          </PrimaryButton>
        )
      }
    >
      {refused && <RefusalNote refused={refused} />}
      {!looked && !refused && (
        <>
          <p role="status">{t("codes.looking")}</p>
          <Skeleton lines={4} />
        </>
      )}
      {looked && (
        <div className={style["form"]}>
          <Looked found={looked} />
          <TextField {...field("system")} hint={t("codes.system_hint")} autoComplete="off" />
          <TextField {...field("version")} autoComplete="off" />
          <TextField {...field("language")} autoComplete="off" />
          <TextArea {...field("licence")} hint={t("codes.licence_hint")} />
          <CheckField label={t("codes.confirm")} value={confirmed} onChange={setConfirmed} />
          {told && !confirmed && (
            <span role="alert">
              <FieldTrouble text={t("codes.confirm_required")} />
            </span>
          )}
        </div>
      )}
    </Pane>
  );
}

/** A file as it is sent: text, or a workbook's bytes. */
type Read = { text: string; bytes?: string };

async function readIn(file: File): Promise<Read> {
  return (await isWorkbook(file)) ? { text: "", bytes: await base64Of(file) } : { text: await textOf(file) };
}

/** Only its language may be left open. */
const REQUIRED: readonly Name[] = ["system", "version", "licence"];
const EMPTY = { system: null, version: null, language: null, licence: null };
