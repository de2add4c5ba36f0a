import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Awaited } from "../../../components/Awaited";
import { Button } from "../../../components/Button";
import { Facts } from "../../../components/Facts";
import { Pane } from "../../../components/Pane";
import { Small } from "../../../components/Small";
import { Stack } from "../../../components/Stack";
import type { FieldChange } from "../../../generated/FieldChange";
import type { HistoryStep } from "../../../generated/HistoryStep";
import type { RecordId } from "../../../generated/RecordId";
import { useZone } from "../../../host/session";
import { useQueryOf } from "../../../host/use-command";
import { useDates } from "../../../i18n/use-dates";
import { useWhenIn } from "../../../i18n/use-when";
import { useNumbers } from "../../../records/numbering";
import type { TaskProps } from "../../../records/parts";
import { fieldWord, kindWord, valueWord } from "../../../records/words";
import style from "./History.module.css";

/** What happened to a record: who changed what, when and where, from what to what, the last step first. */
export function HistoryTask({ task, onTask }: TaskProps<"history">) {
  const { t } = useTranslation();
  const kind = useQueryOf("history", { record: task.record, before: null }).data?.kind;
  const title = t("patients.history.title");
  return (
    <Pane title={kind ? `${title}: ${kindWord(t, kind)}` : title} onClose={() => onTask(null)}>
      <Stack ordered>
        <Steps key={task.record} record={task.record} before={null} />
      </Stack>
    </Pane>
  );
}

/** A page of steps, and on asking the earlier ones behind it. */
function Steps({ record, before }: { record: RecordId; before: number | null }) {
  const { t } = useTranslation();
  const [earlier, setEarlier] = useState(false);
  const page = useQueryOf("history", { record, before });
  if (page.error || !page.data) return <Awaited rows={page} lines={6} />;
  const { kind, imported, steps, next } = page.data;
  return (
    <>
      {steps.map((step) => (
        <Step key={step.number} kind={kind} step={step} imported={imported && step.number === 1} />
      ))}
      {next !== null &&
        (earlier ? (
          <Steps record={record} before={next} />
        ) : (
          <li>
            <Button onClick={() => setEarlier(true)}>{t("patients.history.earlier")}</Button>
          </li>
        ))}
    </>
  );
}

function Step({ kind, step, imported }: { kind: string; step: HistoryStep; imported: boolean }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const [numbers] = useNumbers();
  const when = useWhenIn(useZone());
  const { verb, at, who, place, repeats, reason, changes, more } = step;
  const by = [who, place].filter(Boolean).join(" · ");
  const nothing = t("patients.history.nothing");
  // From what its author saw to what they wrote; two values are what two people had said apart.
  const says = ({ path, from, to }: FieldChange) => {
    const said = (value: string) => valueWord(t, date, numbers, kind, path, value);
    const now = to === null ? nothing : said(to);
    if (from.length === 0) return now;
    return (
      <>
        <del>{from.map(said).reduce((one, other) => t("patients.history.or", { one, other }))}</del> → {now}
      </>
    );
  };
  return (
    <li className={style["step"]} data-verb={verb}>
      <p className={style["head"]}>
        <b>{t(imported ? "patients.history.imported" : `patients.history.${verb}`)}</b>
        {at && (
          <time dateTime={at} data-figures>
            {when(at)}
          </time>
        )}
      </p>
      {by && <Small>{by}</Small>}
      {repeats && (
        <Small>
          {t("patients.history.repeats", {
            who: repeats.who ?? t("conflict.unknown_author"),
            when: repeats.at ? when(repeats.at) : "",
          })}
        </Small>
      )}
      {reason && <p className={style["reason"]}>{reason}</p>}
      {changes.length > 0 && (
        <Facts
          facts={changes.map((change) => ({
            key: change.path,
            name: fieldWord(t, kind, change.path),
            says: says(change),
          }))}
        />
      )}
      {more > 0 && <Small>{t("patients.history.more", { count: more })}</Small>}
    </li>
  );
}
