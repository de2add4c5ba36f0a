import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Grid } from "../../components/forms/Grid";
import { Layout, Under, type Asked, type Side as SideOf } from "../../components/forms/Layout";
import type { Item } from "../../generated/Item";
import type { Section } from "../../generated/Section";
import { measuredParts, sideLetter, sideWord, useSaid } from "./say";
import { rowsOf, sidesOf, type Side } from "./sides";
import { isAsked, isShared, partsOf, type Place } from "./values";
import style from "./forms.module.css";

interface BlockProps {
  section: Section;
  /** It has a title, because there are other sections. */
  titled: boolean;
  isShown: (place: Place) => boolean;
  /** What is typed at one place. */
  place: (place: Place) => ReactNode;
  /** What is said about these places; null where nothing is. */
  told: (places: readonly Place[]) => ReactNode;
  /** What stands under the readings of an item, such as those that are kept already. */
  under: (item: Item) => ReactNode;
}

interface Column extends Asked {
  item: Item;
  part: Item | null;
}

/** A part of a form: how its readings were made, what was measured of each side, and what is asked once. */
export function Block({ section, titled, isShown, place, told, under }: BlockProps) {
  const said = useSaid();
  const { t } = useTranslation();
  const sided = (sides: readonly Side[]): (SideOf & { side: Side })[] =>
    sides.map((side) => ({
      key: side ?? "",
      short: sideLetter(t, said, side),
      name: sideWord(t, said, side),
      side,
    }));
  const column = (item: Item, part: Item | null): Column => {
    const { key, label, holds } = part ?? item;
    return {
      key: part ? `${item.key}.${key}` : key,
      label: said(label),
      unit: holds.sort === "number" ? holds.of.units[0] : undefined,
      wide: ["text", "finding", "acuity", "near"].includes(holds.sort),
      item,
      part,
    };
  };
  const laid = (columns: readonly Column[], as: Section["layout"]) => {
    const [first] = columns;
    const sides = sidesOf(first?.item.sides ?? "one");
    const there = columns.filter(({ item, part }) => sides.some((side) => isShown({ item, side, part })));
    if (there.length === 0) return null;
    const below = (asked: readonly Column[], of: readonly { side: Side }[]) =>
      told(asked.flatMap(({ item, part }) => of.map(({ side }) => ({ item, side, part }))));
    const rows = rowsOf(first?.item.sides ?? "one");
    if (rows) {
      const shown = rows
        .map((row) => row.filter((side) => there.some(({ item, part }) => isShown({ item, side, part }))))
        .filter((row) => row.length > 0);
      return (
        <Grid
          asked={there}
          rows={shown.map(sided)}
          cell={({ item, part }, { side }) => place({ item, side, part })}
          under={below}
        />
      );
    }
    return (
      <Layout
        as={as === "mouth" ? "stack" : as}
        asked={there}
        sides={sided(sides)}
        cell={({ item, part }, { side }) => {
          const at = { item, side, part };
          return isShown(at) ? place(at) : <span />;
        }}
        under={below}
      />
    );
  };
  return (
    <section className={style["block"]} {...(titled ? { "aria-label": said(section.title) } : {})}>
      {titled && <h3>{said(section.title)}</h3>}
      {inGroups(section.items.filter(isAsked)).map((items) => {
        const [item] = items;
        if (!item) return null;
        if (item.holds.sort !== "reading") {
          return (
            <div key={item.key}>
              {laid(
                items.map((each) => column(each, null)),
                section.layout,
              )}
            </div>
          );
        }
        const parts = partsOf(item).filter(isAsked);
        const [first = null] = sidesOf(item.sides);
        const ways = parts
          .filter((part) => isShared(item, part))
          .map((part) => ({ item, side: first, part }));
        return (
          <div key={item.key} className={style["reading"]}>
            <div className={style["ways"]}>
              {ways.map((way) => (
                <div key={way.part.key}>
                  <span aria-hidden="true">{said(way.part.label)}</span>
                  {place(way)}
                </div>
              ))}
            </div>
            <Under>{told(ways)}</Under>
            {laid(
              measuredParts(item).map((part) => column(item, part)),
              section.layout,
            )}
            {under(item)}
          </div>
        );
      })}
    </section>
  );
}

/** What stands together: a reading alone, and what is asked once of the same sides. */
function inGroups(items: readonly Item[]): Item[][] {
  const groups: Item[][] = [];
  for (const item of items) {
    const last = groups.at(-1)?.[0];
    const joins =
      last && last.holds.sort !== "reading" && item.holds.sort !== "reading" && last.sides === item.sides;
    if (joins) groups.at(-1)?.push(item);
    else groups.push([item]);
  }
  return groups;
}
