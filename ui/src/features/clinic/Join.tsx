import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { PrimaryButton } from "../../components/Button";
import { DoorForm } from "../../components/DoorForm";
import { DoorLayout } from "../../components/DoorLayout";
import { TextArea, TextField } from "../../components/fields";
import { RefusalNote } from "../../components/RefusalNote";
import type { Enrol } from "../../generated/Enrol";
import type { Refused } from "../../host/host";
import { refusalLine } from "../../i18n/refusal";
import { address, PLAIN_ADDRESS } from "../../components/server-address";
import style from "./FirstRun.module.css";

interface JoinProps {
  /** The choice of what this computer becomes. */
  choice: ReactNode;
  onJoin: (enrol: Enrol) => void;
  refused: Refused | null;
  busy: boolean;
}

/** An empty computer that becomes a workstation of a clinic which works elsewhere already. */
export function Join({ choice, onJoin, refused, busy }: JoinProps) {
  const { t } = useTranslation();
  const page = useRef<HTMLFormElement>(null);
  const [server, setServer] = useState(PLAIN_ADDRESS);
  const [code, setCode] = useState("");
  const [told, setTold] = useState(false);
  const focusTrouble = () => page.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  useEffect(focusTrouble, [refused]);
  const missing = { server: address(server) === null, code: code.trim() === "" };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    const known = address(server);
    if (known === null || missing.code) requestAnimationFrame(focusTrouble);
    else if (!busy) onJoin({ server: known, code });
  };
  const mistyped = refused?.code === "wrong_code" ? refused : null;
  const line = mistyped?.fields["line"];
  const wrong = line ? t("join.wrong_line", { line: `${line}` }) : mistyped && refusalLine(t, mistyped);
  // What lies behind the code is not the clinic's: that is about the server, not about a person.
  const shown = refused?.code === "not_trusted" ? { code: "server_not_believed", fields: {} } : refused;
  const misplaced = refused?.code === "invalid" && refused.fields["field"] === "server";
  return (
    <DoorLayout title={t("join.title")} size="long">
      <DoorForm ref={page} title={t("join.title")} intro={[t("join.intro")]} onSubmit={submit}>
        {choice}
        {shown && !mistyped && !misplaced && <RefusalNote refused={shown} />}
        <div className={style["group"]}>
          <TextField
            label={t("join.server")}
            hint={t("join.server_hint")}
            value={server}
            onChange={setServer}
            error={misplaced || (told && missing.server) ? t("workstations.server_bad") : null}
            autoComplete="off"
            required
            autoFocus
          />
          <TextArea
            label={t("join.code")}
            hint={t("join.code_hint")}
            lines={4}
            value={code}
            onChange={setCode}
            error={told && missing.code ? t("found.needed") : wrong}
            required
          />
        </div>
        <Acts at="end">
          <p role="status">{busy && t("join.busy")}</p>
          <PrimaryButton type="submit" loading={busy}>
            {t("join.act")}
          </PrimaryButton>
        </Acts>
      </DoorForm>
    </DoorLayout>
  );
}
