import { Fragment, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Reading } from "../../../components/Reading";
import { TextButton } from "../../../components/TextButton";
import type { TimelineRow } from "../../../generated/TimelineRow";
import { known, type Mark } from "../../../records/kind";
import type { OnTask } from "../../../records/parts";
import { Values, type Levelled } from "../Values";
import type { Observed } from "./group";
import { inReadingOrder, measured } from "../../../i18n/measured";
import { Row } from "./Row";
import { useMeasuredWords } from "../../../i18n/use-measured-words";
import { useActWords } from "../../../records/use-act-words";
import style from "./Timeline.module.css";

const MARKS: Record<string, Mark> = {
  "vital-signs": "vitals",
  laboratory: "laboratory",
  survey: "survey",
  "social-history": "survey",
};
/** More values than this in one line are not read any more. */
const SHOWN = 6;

/** What was measured in one minute, in one line; the rest of many values on asking. */
export function ObservationRow({
  row,
  observations,
  onTask,
}: {
  row: TimelineRow;
  observations: readonly Observed[];
  onTask: OnTask;
}) {
  const { t } = useTranslation();
  const { brief } = useMeasuredWords();
  const actWord = useActWords();
  const [opened, setOpened] = useState(false);
  const id = useId();
  const act = observations.find((each) => each.act)?.act;
  const all = inReadingOrder(
    observations.map(({ details, level }) => ({ ...measured(details), level: level ?? "unknown" })),
  );
  const out = all.filter(({ level }) => level !== "normal" && level !== "unknown").length;
  const more = all.length - SHOWN;
  // One left over takes no more room than the words that stand for it.
  const shown = more > 1 ? gravestFirst(all).slice(0, SHOWN) : all;
  const category = observations[0]?.details.category ?? "";
  // What its source says beside a value belongs to that value; of one alone it is plain to which.
  const remarks = observations.flatMap(({ details }) => {
    const name = observations.length > 1 ? `${measured(details).name}: ` : "";
    const status = details.status ? [known(t, "event_status", details.status)] : [];
    return [...status, ...(details.remarks?.split("\n") ?? [])].map((line) => name + line);
  });
  return (
    <Row
      row={row}
      mark={MARKS[category] ?? "observation"}
      title={
        <>
          {shown.map((each, at) => (
            <Fragment key={`${at} ${each.name}`}>
              {at > 0 && " · "}
              <Brief measured={each} said={brief(each)} />
            </Fragment>
          ))}
          {more > 1 && (
            <>
              {" "}
              <TextButton aria-expanded={opened} aria-controls={id} onClick={() => setOpened(!opened)}>
                {opened ? t("patients.fewer") : t("patients.more_values", { count: more })}
              </TextButton>
            </>
          )}
        </>
      }
      small={[out > 0 ? t("vitals.out_of_range", { count: out }) : null, ...remarks]}
      onHistory={() => onTask({ of: "history", record: row.id })}
      tag={act ? { kind: "warn", text: actWord(act) } : undefined}
    >
      {opened && <Values id={id} all={all} />}
    </Row>
  );
}

/** What is critical stands before the rest, and never among what is left out. */
function gravestFirst(all: readonly Levelled[]): Levelled[] {
  const isGrave = ({ level }: Levelled) => level.startsWith("critical");
  return [...all.filter(isGrave), ...all.filter((each) => !isGrave(each))];
}

interface BriefProps {
  measured: Levelled;
  said: string;
}

/** A vital sign in one breath; of anything else the value stands out from its long name. */
function Brief({ measured: { sign, name, value, unit, exact, level }, said }: BriefProps) {
  if (sign) {
    return (
      <b>
        <Reading level={level} exact={exact}>
          {said}
        </Reading>
      </b>
    );
  }
  return (
    <span title={exact}>
      {name}{" "}
      <b>
        <Reading level={level}>{value}</Reading>
      </b>{" "}
      <span className={style["code"]}>{unit}</span>
    </span>
  );
}
