import { Fragment, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { TextButton } from "../../../components/TextButton";
import type { Observation } from "../../../generated/Observation";
import type { TimelineRow } from "../../../generated/TimelineRow";
import type { Mark } from "./fact-words";
import { inReadingOrder, measured, type Measured } from "../../../i18n/measured";
import { Row } from "./Row";
import { useMeasuredWords } from "../../../i18n/use-measured-words";
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
export function ObservationRow({ row, observations }: { row: TimelineRow; observations: Observation[] }) {
  const { t } = useTranslation();
  const { brief } = useMeasuredWords();
  const [opened, setOpened] = useState(false);
  const id = useId();
  const all = inReadingOrder(observations.map(measured));
  const more = all.length - SHOWN;
  // One left over takes no more room than the words that stand for it.
  const shown = more > 1 ? all.slice(0, SHOWN) : all;
  const category = observations[0]?.category ?? "";
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
      small={[]}
    >
      {opened && <Values id={id} all={all} />}
    </Row>
  );
}

/** A vital sign in one breath; of anything else the value stands out from its long name. */
function Brief({ measured: { sign, name, value, unit, exact }, said }: { measured: Measured; said: string }) {
  if (sign) return <b title={exact}>{said}</b>;
  return (
    <span title={exact}>
      {name} <b>{value}</b> <span className={style["code"]}>{unit}</span>
    </span>
  );
}

function Values({ id, all }: { id: string; all: readonly Measured[] }) {
  const { name } = useMeasuredWords();
  return (
    <dl id={id} className={style["values"]} data-figures>
      {all.map((each, at) => (
        <div key={`${at} ${each.name}`}>
          <dt>{name(each)}</dt>
          <dd title={each.exact}>{each.value}</dd>
          <dd>{each.unit}</dd>
        </div>
      ))}
    </dl>
  );
}
