import { useTranslation } from "react-i18next";
import type { Spec } from "../../generated/Spec";
import { sideLetter, useSaid } from "./say";
import { trueMinus } from "./typed";
import { sidesOf } from "./sides";
import { itemsOf, partsOf, pathOf } from "./values";
import style from "./forms.module.css";

interface FollowsProps {
  spec: Spec;
  /** What is reckoned, by path and part. */
  derived: Readonly<Record<string, string | undefined>>;
  reading: string;
}

/** What follows from what is typed, a row a side; nothing where nothing does. */
export function Follows({ spec, derived, reading }: FollowsProps) {
  const { t } = useTranslation();
  const said = useSaid();
  return itemsOf(spec).map((item) => {
    const whole = derived[item.key];
    if (item.holds.sort === "derived") {
      return (
        whole && (
          <p key={item.key} className={style["whole"]}>
            {said(item.label)} <b>{whole}</b>
          </p>
        )
      );
    }
    const parts = partsOf(item).filter(({ holds }) => holds.sort === "derived");
    const valueOf = (side: ReturnType<typeof sidesOf>[number], key: string) =>
      trueMinus(derived[`${pathOf(item, side, reading)}/${key}`] ?? "");
    const sides = sidesOf(item.sides).filter((side) => parts.some(({ key }) => valueOf(side, key)));
    const columns = parts.filter(({ key }) => sides.some((side) => valueOf(side, key)));
    if (sides.length === 0) return null;
    return (
      <table key={item.key} className={style["follows"]} data-figures>
        <caption>{t("forms.follows")}</caption>
        <thead>
          <tr>
            <td />
            {columns.map(({ key, label }) => (
              <th key={key} scope="col">
                {said(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sides.map((side) => (
            <tr key={side ?? ""}>
              <th scope="row">{sideLetter(t, said, side)}</th>
              {columns.map(({ key }) => (
                <td key={key}>{valueOf(side, key)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    );
  });
}
