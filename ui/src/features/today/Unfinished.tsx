import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { CardRow } from "../../components/Card";
import type { ScratchRow } from "../../generated/ScratchRow";
import { useZone } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { whereLeft } from "../../host/where-left";
import { clockText, dayAt } from "../../i18n/dates";
import { useDates } from "../../i18n/use-dates";
import { writtenName, type NameParts } from "../../i18n/written-name";
import style from "./Today.module.css";

/** Typing that became nothing yet: about whom, what it was to be, how it begins, and the way back to it. */
export function Unfinished({ row }: { row: ScratchRow }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { date } = useDates();
  const zone = useZone();
  const [kind = ""] = row.subject.split(/[ .]/);
  const registering = kind === "register";
  // Whoever is being registered is nobody's record yet.
  const patient = useQueryOf("patient", { patient: row.patient }, { enabled: !registering });
  const person = registering ? typedPerson(row.text) : patient.data?.details;
  const at = new Date(row.at).toISOString();
  const subject = t(`today.subject.${kind}` as never, { defaultValue: t("today.subject.other") }) as string;
  return (
    <CardRow
      action={<Button onClick={() => void navigate(whereLeft(row))}>{t("today.go_on")}</Button>}
      small={
        <>
          <time dateTime={at}>
            {date(dayAt(at, zone))} <span data-figures>{clockText(at, zone)}</span>
          </time>{" "}
          ·{" "}
          {isForm(row.text) ? t("today.form") : <span className={style["text"]}>{beginning(row.text)}</span>}
        </>
      }
    >
      {person && <b>{writtenName(person)} </b>}
      {subject}
    </CardRow>
  );
}

/** The name in the form of a registration. */
function typedPerson(text: string): NameParts {
  try {
    const { values } = JSON.parse(text) as { values?: NameParts };
    return values ?? {};
  } catch {
    return {};
  }
}

/** The fields of a form are kept as JSON text, which nobody reads. */
function isForm(text: string): boolean {
  return text.startsWith("{");
}

function beginning(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
}
