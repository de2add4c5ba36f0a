import { useTranslation } from "react-i18next";
import { TextButton } from "../../components/TextButton";
import type { Item } from "../../generated/Item";
import { measured, readingSaid, sideLetter, useSaid, waySaid } from "./say";
import { readPath, type Answers } from "./values";
import style from "./forms.module.css";

interface KeptReadingsProps {
  item: Item;
  answers: Answers;
  /** The reading that is typed now. */
  inHand: string;
  onChange: (reading: string) => void;
}

/** The readings of an item by their names, in the order of their making. */
export function readingsOf(item: Item, answers: Answers): string[] {
  const names = Object.keys(answers).flatMap((path) => {
    const at = readPath(path);
    return at.item === item.key && at.reading ? [at.reading] : [];
  });
  return [...new Set(names)].sort();
}

/** What was measured before in the same form: each can be changed where it was typed. */
export function KeptReadings({ item, answers, inHand, onChange }: KeptReadingsProps) {
  const { t } = useTranslation();
  const said = useSaid();
  const others = readingsOf(item, answers).filter((name) => name !== inHand);
  if (others.length === 0) return null;
  return (
    <ul className={style["before"]} aria-label={t("forms.kept_before")}>
      {others.map((name) => {
        const sides = Object.entries(answers).flatMap(([path, answer]) => {
          const at = readPath(path);
          return at.item === item.key && at.reading === name ? [{ side: at.side, answer }] : [];
        });
        const way = waySaid(t, said, item, measured(sides.map(({ answer }) => answer)));
        const all = sides
          .map(({ side, answer }) =>
            [sideLetter(t, said, side), readingSaid(t, said, item, answer)].filter(Boolean).join(" "),
          )
          .join(" · ");
        return (
          <li key={name}>
            <span>
              {way && <small>{way}</small>} {all}
            </span>
            <TextButton onClick={() => onChange(name)}>{t("forms.change", { what: way || all })}</TextButton>
          </li>
        );
      })}
    </ul>
  );
}
