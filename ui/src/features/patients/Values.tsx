import { Reading, type ReadingLevel } from "../../components/Reading";
import type { Measured } from "../../i18n/measured";
import { useMeasuredWords } from "../../i18n/use-measured-words";
import style from "./Values.module.css";

/** A measurement with what it lies at. */
export type Levelled = Measured & { level: ReadingLevel };

/** What was measured, a line each: what, how much, in which unit. */
export function Values({ id, all }: { id?: string; all: readonly Levelled[] }) {
  const { name } = useMeasuredWords();
  return (
    <dl id={id} className={style["values"]} data-figures>
      {all.map((each, at) => (
        <div key={`${at} ${each.name}`}>
          <dt>{name(each)}</dt>
          <dd>
            <Reading level={each.level} exact={each.exact}>
              {each.value}
            </Reading>
          </dd>
          <dd>{each.unit}</dd>
        </div>
      ))}
    </dl>
  );
}
