import { Fragment, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Reading } from "../../../components/Reading";
import { Tag } from "../../../components/Tag";
import { TextButton } from "../../../components/TextButton";
import { useMay, useSession, useZone } from "../../../host/session";
import { inReadingOrder, measured } from "../../../i18n/measured";
import { useDates } from "../../../i18n/use-dates";
import { useMeasuredWords } from "../../../i18n/use-measured-words";
import { useClock } from "../../../i18n/use-clock";
import { NoteText } from "../note/NoteText";
import { formName } from "../../../records/kinds/filled";
import { visitTag, visitTitle } from "../../../records/kinds/visit";
import type { OnTask } from "../../../records/parts";
import type { VisitGroup } from "./group";
import style from "./tab.module.css";

/** More values than this are shown on asking: a laboratory may have measured fifty. */
const SHOWN = 10;

/** One visit: when, what for, with whom and how far; its notes in full, and its measurements in one line. */
export function VisitCard({ group, onTask }: { group: VisitGroup; onTask: OnTask }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const { day: today } = useClock(useZone());
  const mayWrite = useMay("note.write");
  const session = useSession();
  const me = [session?.title, session?.name].filter(Boolean).join(" ");
  const id = useId();
  const { visit, notes } = group;
  const { status, attended_by, place } = visit.details;
  const tag = status && visitTag(t, status);
  const open = status === "arrived" || status === "triaged" || status === "in_progress";
  const who = visit.imported ? attended_by : visit.author;
  const small = [who, place, visit.imported && t("visits.tab.elsewhere")].filter(Boolean);
  return (
    <article className={style["card"]} aria-labelledby={id}>
      <header className={style["head"]}>
        <div>
          <h2 id={id}>{visitTitle(t, visit.details)}</h2>
          <p className={style["small"]}>
            <time>
              {visit.day === null
                ? t("patients.undated")
                : visit.day === today
                  ? t("date.today", { date: date(visit.day) })
                  : date(visit.day)}
              {visit.time && ` ${visit.time}`}
            </time>
            {small.length > 0 && ` · ${small.join(" · ")}`}
          </p>
        </div>
        <span className={style["tags"]}>
          {visit.disputed.length > 0 && <Tag kind="warn">{t("patients.disputed")}</Tag>}
          {tag && <Tag kind={tag.kind}>{tag.text}</Tag>}
        </span>
      </header>
      <Measurements group={group} />
      {group.forms.map((form) => (
        <p key={form.id} className={style["measured"]}>
          <b>{formName(t, form.details.form)}</b> {form.line}{" "}
          <span className={style["small"]}>
            {[
              form.author,
              form.time,
              t(form.signed ? "visits.note.signed" : "visits.note.open"),
              form.additions > 0 && t("visits.tab.additions", { count: form.additions }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </p>
      ))}
      {notes.map((note) => (
        <section key={note.id} className={style["note"]}>
          <div className={style["noteHead"]}>
            <Tag kind={note.signed ? "ok" : "plain"}>
              {t(note.signed ? "visits.note.signed" : "visits.note.open")}
            </Tag>
            <span className={style["small"]}>
              {[
                note.author,
                note.time,
                note.additions > 0 && t("visits.tab.additions", { count: note.additions }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
            <TextButton onClick={() => onTask({ of: "note", visit: visit.id, note: note.id })}>
              {t(mayWrite && !note.signed && note.author === me ? "visits.tab.continue" : "visits.tab.read")}
            </TextButton>
          </div>
          <NoteText note={note.details} />
        </section>
      ))}
      {notes.length === 0 && open && (
        <div className={style["begin"]}>
          {mayWrite ? (
            <TextButton onClick={() => onTask({ of: "note", visit: visit.id })}>
              {t("visits.tab.write")}
            </TextButton>
          ) : (
            <span className={style["small"]}>{t("visits.tab.no_note")}</span>
          )}
        </div>
      )}
    </article>
  );
}

function Measurements({ group }: { group: VisitGroup }) {
  const { t } = useTranslation();
  const { brief } = useMeasuredWords();
  const [opened, setOpened] = useState(false);
  const all = inReadingOrder(
    group.measured.map((row) => ({ ...measured(row.details), level: row.level ?? "unknown", id: row.id })),
  );
  if (all.length === 0) return null;
  const more = all.length - SHOWN;
  const shown = opened || more <= 1 ? all : all.slice(0, SHOWN);
  return (
    <p className={style["measured"]}>
      {shown.map((each, at) => (
        <Fragment key={each.id}>
          {at > 0 && " · "}
          {!each.sign && `${each.name} `}
          <Reading level={each.level} exact={each.exact}>
            {brief(each)}
            {!each.sign && each.unit && ` ${each.unit}`}
          </Reading>
        </Fragment>
      ))}
      {more > 1 && !opened && (
        <>
          {" "}
          <TextButton onClick={() => setOpened(true)}>
            {t("visits.tab.more_values", { count: more })}
          </TextButton>
        </>
      )}
    </p>
  );
}
