import { VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Answer } from "../../generated/Answer";
import type { FilledView } from "../../generated/FilledView";
import type { Item } from "../../generated/Item";
import type { Section } from "../../generated/Section";
import type { Spec } from "../../generated/Spec";
import { remarkSaid } from "../../records/remark-said";
import { readingsOf } from "./KeptReadings";
import {
  answerSaid,
  measured,
  measuredParts,
  readingSaid,
  sideLetter,
  sideWord,
  useSaid,
  waySaid,
  wholeSaid,
} from "./say";
import { trueMinus } from "./typed";
import { rowsOf, sidesOf, type Side } from "./sides";
import { isAsked, NOT_EXAMINED, partsOf, pathOf, type Answers } from "./values";
import style from "./forms.module.css";

interface FilledTableProps {
  spec: Spec;
  view: FilledView;
}

/** What a form says, the right over the left: a column for what was asked once, and for each time that one thing was measured. */
export function FilledTable({ spec, view }: FilledTableProps) {
  const answers = view.answers as Answers;
  const hidden = new Set(view.hidden);
  const stands = Object.fromEntries(Object.entries(answers).filter(([path]) => !hidden.has(path)));
  return spec.sections.map((section) => (
    <OfSection key={section.key} section={section} answers={stands} view={view} />
  ));
}

interface OfSectionProps {
  section: Section;
  answers: Answers;
  view: FilledView;
}

/** One column: its head, and what it says of a side. */
interface Column {
  key: string;
  head: string;
  unit?: string | undefined;
  show: (side: Side) => ReactNode;
  /** Whether anybody answered it of this side. */
  says: (side: Side) => boolean;
  sides: readonly Side[];
}

function OfSection({ section, answers, view }: OfSectionProps) {
  const { t } = useTranslation();
  const said = useSaid();
  const about = (path: string, part?: string) => {
    const found = view.remarks.filter(
      (each) => each.path === path && (!part || !each.part || each.part === part),
    );
    return found.filter(({ weight, code }) => weight === "told" || code === "implausible");
  };
  const later = (item: Item, path: string, text: string, part?: Item): string => {
    const answer = [...view.addenda].reverse().flatMap(({ answers }) => answers?.[path] ?? [])[0];
    const now =
      answer &&
      answerSaid(t, said, part && !answer.x ? part : item, part && !answer.x ? answer.p?.[part.key] : answer);
    return now && now !== text ? t("forms.amend.later", { what: now }) : "";
  };
  const value = (item: Item, path: string, answer: Answer | undefined, part?: Item): ReactNode => {
    const text = answerSaid(t, said, part ?? item, answer);
    const amended = later(item, path, text, part);
    const signed = asSigned(item, path, answer, part);
    return amended ? (
      <>
        {signed} <i>{amended}</i>
      </>
    ) : (
      signed
    );
  };
  const asSigned = (item: Item, path: string, answer: Answer | undefined, part?: Item): ReactNode => {
    const text = answerSaid(t, said, part ?? item, answer);
    const [remark] = text ? about(path, part?.key) : [];
    if (!remark) return answer?.x ? <span className={style["old"]}>{text}</span> : text;
    return (
      <b className={style["high"]} title={remarkSaid(t, remark)}>
        {text} <span aria-hidden="true">▲</span>
        <VisuallyHidden> {remarkSaid(t, remark)}</VisuallyHidden>
      </b>
    );
  };
  const reckoned = (item: Item, path: string): string =>
    partsOf(item)
      .filter(({ holds }) => holds.sort === "derived")
      .flatMap(({ key }) => view.derived[`${path}/${key}`] ?? [])
      .slice(0, 1)
      .map(trueMinus)
      .join("");
  const items = section.items.filter(isAsked);
  if (section.layout === "columns") return <Findings items={items} answers={answers} value={value} />;
  if (section.layout === "mouth")
    return <InMouth items={section.items} answers={answers} view={view} value={value} />;
  const narrow = items.filter((item) => !isWide(item));
  const columns = narrow.flatMap((item): Column[] => {
    const sides = sidesOf(item.sides);
    const parts = measuredParts(item);
    const [main] = parts;
    const names = item.many ? readingsOf(item, answers) : [""];
    return names.flatMap((name): Column[] => {
      const any = measured(sides.map((side) => answers[pathOf(item, side, name)]));
      if (!any) return [];
      const unit = (main ?? item).holds;
      return [
        {
          key: `${item.key} ${name}`,
          head: main ? waySaid(t, said, item, any) || said(item.label) : said(item.label),
          unit: unit.sort === "number" && !(main && sides[0] === null) ? unit.of.units[0] : undefined,
          sides,
          says: (side) => isAnswered(item, answers[pathOf(item, side, name)]),
          show: (side) => {
            const path = pathOf(item, side, name);
            const answer = answers[path];
            if (!main) return value(item, path, answer);
            if (side === null && !item.many) return readingSaid(t, said, item, answer);
            if (answer?.x) return value(item, path, answer);
            const more = parts
              .slice(1)
              .map((part) => wholeSaid(t, said, part, answer?.p?.[part.key]))
              .filter(Boolean);
            const also = [reckoned(item, path), ...more].filter(Boolean).join(" ");
            return (
              <>
                <b>{value(item, path, answer?.p?.[main.key], main)}</b>
                {also && <i>{also}</i>}
              </>
            );
          },
        },
      ];
    });
  });
  const once = columns.filter(({ sides }) => sides[0] === null);
  const sided = columns.filter(({ sides }) => sides[0] !== null);
  const sides: Side[] = sided.some((column) => column.sides.includes("B")) ? ["R", "L", "B"] : ["R", "L"];
  const rows = sides.filter(
    (side) => side !== "B" || sided.some((column) => column.sides.includes(side) && column.says(side)),
  );
  return (
    <>
      {items.filter(isWide).map((item) => (
        <Readings key={item.key} item={item} answers={answers} view={view} value={value} />
      ))}
      {sided.length > 0 && (
        <table className={style["filled"]} data-figures>
          <thead>
            <tr>
              <td />
              {sided.map(({ key, head, unit }) => (
                <th key={key} scope="col">
                  {head}
                  {unit && <i>{unit}</i>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((side) => (
              <tr key={side}>
                <th scope="row" aria-label={sideWord(t, said, side)}>
                  {sideLetter(t, said, side)}
                </th>
                {sided.map((column) => (
                  <td key={column.key}>{column.sides.includes(side) && column.show(side)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {once.length > 0 && (
        <p className={style["note"]}>
          {once.map(({ key, head, unit, show }) => (
            <span key={key}>
              {head} <b>{show(null)}</b> {unit}
            </span>
          ))}
        </p>
      )}
      <Reckoned items={section.items} view={view} />
    </>
  );
}

/** What is reckoned from a whole form. */
function Reckoned({ items, view }: { items: readonly Item[]; view: FilledView }) {
  const said = useSaid();
  const found = items.filter(({ key, holds }) => holds.sort === "derived" && view.derived[key]);
  if (found.length === 0) return null;
  return (
    <p className={style["note"]}>
      {found.map(({ key, label }) => (
        <span key={key}>
          {said(label)} <b>{view.derived[key]}</b>
        </span>
      ))}
    </p>
  );
}

/** What stands in a mouth, where it lies as one faces the patient: a picture for each thing that was asked. */
function InMouth({ items, answers, view, value }: PartProps & { items: readonly Item[]; view: FilledView }) {
  const { t } = useTranslation();
  const said = useSaid();
  return (
    <>
      {items.filter(isAsked).map((item) => {
        const has = (side: string) => answers[pathOf(item, side, "")] !== undefined;
        const rows = (rowsOf(item.sides) ?? []).map((row) => row.filter(has)).filter((row) => row.length > 0);
        if (rows.length === 0) return null;
        return (
          <figure key={item.key} className={style["mouth"]} aria-label={said(item.label)}>
            <figcaption>{said(item.label)}</figcaption>
            {rows.map((row) => (
              <dl key={row[0]}>
                {row.map((side) => {
                  const path = pathOf(item, side, "");
                  return (
                    <div key={side}>
                      <dt aria-label={sideWord(t, said, side)}>{sideLetter(t, said, side)}</dt>
                      <dd>{shortly(item, answers[path]) ?? value(item, path, answers[path])}</dd>
                    </div>
                  );
                })}
              </dl>
            ))}
          </figure>
        );
      })}
      <Reckoned items={items} view={view} />
    </>
  );
}

/** Surfaces of a tooth as letters, where nothing else is said of it. */
function shortly({ sides }: Item, answer: Answer | undefined): string | null {
  if (sides !== "teeth" || !answer || answer.x || answer.w) return null;
  return answer.c === "normal" ? "0" : answer.s ? answer.s.join("") : null;
}

/** How a reading was made is told of every side, and is no answer by itself. */
function isAnswered(item: Item, answer: Answer | undefined): boolean {
  const parts = measuredParts(item);
  return answer?.x || parts.length === 0 ? answer !== undefined : parts.some(({ key }) => answer?.p?.[key]);
}

/** A reading of several values has a row of its own a side. */
function isWide(item: Item): boolean {
  return measuredParts(item).filter(({ holds }) => holds.sort === "number").length > 2;
}

interface PartProps {
  answers: Answers;
  value: (item: Item, path: string, answer: Answer | undefined, part?: Item) => ReactNode;
}

/** Readings of several values: a group of rows each, named by how it was made. */
function Readings({ item, answers, view, value }: PartProps & { item: Item; view: FilledView }) {
  const { t } = useTranslation();
  const said = useSaid();
  const names = item.many ? readingsOf(item, answers) : [""];
  const all = Object.entries(answers).flatMap(([path, answer]) =>
    path.split(":")[0] === item.key ? [[path, answer] as const] : [],
  );
  const parts = measuredParts(item).filter(({ key }) => all.some(([, answer]) => answer.p?.[key]));
  const derived = partsOf(item).filter(
    ({ holds }) => holds.sort === "derived" && holds.of === "spherical_equivalent",
  );
  if (all.length === 0) return null;
  return (
    <table className={style["filled"]} data-figures>
      <thead>
        <tr>
          <td colSpan={2} />
          {[...parts, ...derived].map(({ key, label }) => (
            <th key={key} scope="col">
              {said(label)}
            </th>
          ))}
        </tr>
      </thead>
      {names.map((name) => {
        const sides = sidesOf(item.sides).filter((side) => answers[pathOf(item, side, name)]);
        const [one] = sides.map((side) => pathOf(item, side, name));
        const by = one ? view.by[one] : undefined;
        return (
          <tbody key={name}>
            {sides.map((side, at) => {
              const path = pathOf(item, side, name);
              const answer = answers[path];
              return (
                <tr key={side}>
                  {at === 0 && (
                    <th scope="rowgroup" rowSpan={sides.length} className={style["way"]}>
                      {waySaid(
                        t,
                        said,
                        item,
                        measured(sides.map((each) => answers[pathOf(item, each, name)])),
                      )}
                      {by && <small>{by}</small>}
                    </th>
                  )}
                  <th scope="row" aria-label={sideWord(t, said, side)}>
                    {sideLetter(t, said, side)}
                  </th>
                  {answer?.x ? (
                    <td colSpan={parts.length}>{value(item, path, answer)}</td>
                  ) : (
                    parts.map((part) => (
                      <td key={part.key}>{value(item, path, answer?.p?.[part.key], part)}</td>
                    ))
                  )}
                  {derived.map(({ key }) => (
                    <td key={key} className={style["old"]}>
                      {trueMinus(view.derived[`${path}/${key}`] ?? "")}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        );
      })}
    </table>
  );
}

/** Findings, the right on the left: those that somebody looked at, then what nobody did. */
function Findings({ items, answers, value }: PartProps & { items: readonly Item[] }) {
  const { t } = useTranslation();
  const said = useSaid();
  const looked = (item: Item) =>
    sidesOf(item.sides).some((side) => {
      const answer = answers[pathOf(item, side, "")];
      return answer !== undefined && answer.c !== NOT_EXAMINED;
    });
  const rows = items.filter((item) => item.sides !== "one" && looked(item));
  const once = items.filter((item) => item.sides === "one" && looked(item));
  const none = items.filter((item) => item.holds.sort === "finding" && !looked(item));
  const unit = ({ holds }: Item) => (holds.sort === "number" ? holds.of.units[0] : undefined);
  return (
    <>
      {rows.length > 0 && (
        <table className={`${style["filled"]} ${style["sides"]}`}>
          <thead>
            <tr>
              <td />
              <th scope="col">{sideWord(t, said, "R")}</th>
              <th scope="col">{sideWord(t, said, "L")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((item) => (
              <tr key={item.key}>
                <th scope="row">
                  {said(item.label)} {unit(item) && <i>{unit(item)}</i>}
                </th>
                {(["R", "L"] as const).map((side) => {
                  const path = pathOf(item, side, "");
                  return (
                    <td key={side}>
                      {answers[path]
                        ? value(item, path, answers[path])
                        : item.holds.sort === "finding" && (
                            <span className={style["old"]}>{t("forms.not_examined")}</span>
                          )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {once.length > 0 && (
        <p className={style["note"]}>
          {once.map((item) => (
            <span key={item.key}>
              {said(item.label)} <b>{value(item, item.key, answers[item.key])}</b> {unit(item)}
            </span>
          ))}
        </p>
      )}
      {none.length > 0 && (
        <p className={style["note"]}>
          {t("forms.tab.nobody_looked", { what: none.map(({ label }) => said(label)).join(", ") })}
        </p>
      )}
    </>
  );
}
