import { useTranslation } from "react-i18next";
import { Facts } from "../../../components/Facts";
import type { Patient } from "../../../generated/Patient";
import type { UnreadDates } from "../../../i18n/unread-dates";
import { useDates } from "../../../i18n/use-dates";
import { known } from "../../../records/kind";
import { fieldWord } from "../../../records/words";
import style from "./register.module.css";

interface ChangedProps {
  before: Patient;
  patch: Record<string, string | boolean | null>;
  /** The dates that cannot be read, which are not saved. */
  unread: UnreadDates;
}

/** What will be changed, from what to what, before it is saved. */
export function Changed({ before, patch, unread }: ChangedProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const paths = [...new Set([...Object.keys(patch), ...Object.keys(unread)])];
  if (paths.length === 0) return <p className={style["quiet"]}>{t("patients.no_changes")}</p>;
  const said = (path: string, value: unknown) => {
    if (value === null || value === undefined) return t("patients.nothing");
    if (typeof value === "boolean") return t(value ? "patients.yes" : "patients.no_word");
    const text = String(value);
    if (path === "birth_date" || path === "died") return date(text);
    return path === "sex" || path === "category" ? known(t, path, text) : text;
  };
  return (
    <Facts
      facts={paths.map((path) => ({
        key: path,
        name: fieldWord(t, "patient", path),
        says: (
          <>
            <del>{said(path, valueAt(before, path))}</del> → {unread[path]?.text ?? said(path, patch[path])}
          </>
        ),
      }))}
    />
  );
}

function valueAt(details: Patient, path: string): unknown {
  return path
    .split("/")
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], details);
}
