import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Avatar } from "../../components/Avatar";
import { PrimaryButton } from "../../components/Button";
import { useCountdown, waitText } from "../../components/countdown";
import { useHotkey } from "../../components/hotkey";
import { PasswordField } from "../../components/fields";
import { ErrorNote } from "../../components/ErrorNote";
import { RefusalNote } from "../../components/RefusalNote";
import { TextButton } from "../../components/TextButton";
import type { Tile } from "../../generated/Tile";
import type { Refused } from "../../host/host";
import { useDrop } from "../../host/use-command";
import { useProgress } from "../../host/use-progress";
import { useRoleName } from "./role-name";
import { withoutTitle } from "./without-title";
import style from "./PasswordGate.module.css";

interface PasswordGateProps {
  person: Tile;
  /** Who may switch a sign-in on again, by name. */
  administrators: readonly string[];
  /** When the door told its waits, in milliseconds since 1970. */
  at: number;
  act: string;
  note?: string;
  otherNote?: string;
  /** Sends the password; `answered` is called when it is refused. */
  send: (password: string, answered: (refused: Refused) => void) => void;
  refused: Refused | null;
  busy: boolean;
  onOther: () => void;
}

/** One person's password: what is wrong in words, and the wait that is left as a running count. */
export function PasswordGate(props: PasswordGateProps) {
  const { person, administrators, at, act, note, otherNote, send, refused, busy, onOther } = props;
  const { t } = useTranslation();
  const roleName = useRoleName();
  const drop = useDrop();
  const form = useRef<HTMLFormElement>(null);
  const [password, setPassword] = useState("");
  const [until, setUntil] = useState(at + person.wait * 1000);
  const wait = useCountdown(until);
  const percent = useProgress(busy);
  // Where leaving costs nothing the key for it does too.
  useHotkey("Escape", onOther, otherNote === undefined);
  const answered = ({ fields }: Refused) => {
    setPassword("");
    const seconds = Number(fields["seconds"] ?? 0);
    if (seconds > 0) setUntil(Date.now() + seconds * 1000);
    drop("session");
    form.current?.querySelector("input")?.focus();
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (password && wait === 0 && !person.off && !busy) send(password, answered);
  };
  const wrong = refused?.code === "not_recognised";
  const other = refused && !wrong && !(refused.code === "wait" && wait === 0);
  return (
    <form ref={form} className={style["gate"]} onSubmit={submit}>
      <div className={style["who"]}>
        <Avatar name={withoutTitle(person.name)} large />
        <div>
          <h1 tabIndex={-1}>{person.name}</h1>
          <p className={style["role"]}>{roleName(person.role)}</p>
        </div>
      </div>
      {note && <p className={style["note"]}>{note}</p>}
      {other && !person.off && <RefusalNote refused={refused} />}
      {person.off && (
        <ErrorNote
          what={t("refusal.slot_disabled.what")}
          safe={t("refusal.slot_disabled.safe")}
          todo={
            administrators.length > 0
              ? t("door.release_by", { names: administrators.join(", ") })
              : t("refusal.slot_disabled.do")
          }
        />
      )}
      <PasswordField
        label={t("door.password")}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        error={wrong && !password ? t("door.wrong") : null}
        autoFocus
      />
      <p className={style["wait"]} role="status">
        {percent !== null && t("door.made_again", { percent: String(percent) })}
        {wait > 0 && t("door.again_in", { time: waitText(wait) })}
        {wait === 0 && until > at && refused && t("door.again_now")}
      </p>
      <Acts at="between">
        <span className={style["other"]}>
          <TextButton onClick={onOther}>{t("door.other")}</TextButton>
          {otherNote && <small>{otherNote}</small>}
        </span>
        <PrimaryButton type="submit" loading={busy} disabled={wait > 0 || person.off || !password}>
          {act}
        </PrimaryButton>
      </Acts>
    </form>
  );
}
