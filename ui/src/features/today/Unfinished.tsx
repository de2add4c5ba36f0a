import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { CardRow } from "../../components/Card";
import { TextButton } from "../../components/TextButton";
import type { ScratchRow } from "../../generated/ScratchRow";
import { useZone } from "../../host/session";
import { useCommand, useQueryOf } from "../../host/use-command";
import { clockText, dayAt } from "../../i18n/dates";
import { useDates } from "../../i18n/use-dates";
import { writtenName, type NameParts } from "../../i18n/written-name";
import { isForm, typedFields } from "../../forms/kept";
import { isClaimKind } from "../../records/kind";
import { leftTyping, taskBegins, taskPlace } from "../../records/tasks";
import { kindWord } from "../../records/words";
import style from "./Today.module.css";

/** Typing that became nothing yet: about whom, what it was to be, how it begins, and the way back to it. */
export function Unfinished({ row }: { row: ScratchRow }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { date } = useDates();
  const zone = useZone();
  const scratch = useCommand("keep_scratch");
  const { task } = leftTyping(row);
  const registering = task?.of === "register";
  // Whoever is being registered is nobody's record yet.
  const patient = useQueryOf("patient", { patient: row.patient }, { enabled: !registering });
  const person = registering ? (typedFields(row.text) as NameParts) : patient.data?.details;
  const chart = { to: "/patients/$patient", params: { patient: row.patient }, search: {} } as const;
  const place = task ? taskPlace(task, row.patient) : chart;
  const at = new Date(row.at).toISOString();
  const begins = task && isForm(row.text) ? taskBegins(t, task, row.text) : row.text;
  const of = task?.of ?? "other";
  const subject = isClaimKind(of) ? kindWord(t, of) : t(`today.subject.${of}`);
  return (
    <CardRow
      action={
        <span className={style["ways"]}>
          <TextButton
            onClick={() => scratch.mutate({ patient: row.patient, subject: row.subject, text: "" })}
            disabled={scratch.isPending}
          >
            {t("saved.throw_away")}
          </TextButton>
          <Button onClick={() => void navigate(place)}>{t("today.go_on")}</Button>
        </span>
      }
      small={
        <>
          <time dateTime={at}>
            {date(dayAt(at, zone))} <span data-figures>{clockText(at, zone)}</span>
          </time>{" "}
          ·{" "}
          {begins && !isForm(begins) ? (
            <span className={style["text"]}>{beginning(begins)}</span>
          ) : (
            t("today.form")
          )}
        </>
      }
    >
      {person && <b>{writtenName(person)} </b>}
      {subject}
    </CardRow>
  );
}

function beginning(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
}
