import { useTranslation } from "react-i18next";
import { TypedBefore } from "../../../components/Restored";
import { TextButton } from "../../../components/TextButton";
import { useQueryOf } from "../../../host/use-command";
import { useZone } from "../../../host/session";
import { useWhenIn } from "../../../i18n/use-when";
import { writtenName } from "../names";
import { readTyping } from "../../../forms/kept";
import { readTask } from "../../../forms/task";
import type { Patient } from "../../../generated/Patient";
import style from "./register.module.css";

interface LeftBeforeProps {
  user: string;
  /** The registration on screen. */
  shown: string;
  /** Goes on with another one. */
  onLeft: (key: string) => void;
}

/** The registrations that this person left unfinished before, each with the way back to it. */
export function LeftBefore({ user, shown, onLeft }: LeftBeforeProps) {
  const { t } = useTranslation();
  const when = useWhenIn(useZone());
  const rows = useQueryOf("scratches", {}).data?.rows ?? [];
  const left = rows.flatMap((row) => {
    const task = row.patient === user ? readTask(row.subject) : null;
    const typing = task?.of === "register" && task.key !== shown && readTyping<Patient>(row.text, {});
    return typing ? [{ key: task.key, at: row.at, name: writtenName(typing.values) }] : [];
  });
  if (left.length === 0) return null;
  return (
    <TypedBefore>
      <ul className={style["left"]} aria-label={t("patients.left.title")}>
        {left.map(({ key, at, name }) => (
          <li key={key}>
            {t("patients.left.before", {
              name: name || t("patients.unnamed"),
              when: when(new Date(at).toISOString()),
            })}{" "}
            <TextButton onClick={() => onLeft(key)}>{t("patients.left.go_on")}</TextButton>
          </li>
        ))}
      </ul>
    </TypedBefore>
  );
}
