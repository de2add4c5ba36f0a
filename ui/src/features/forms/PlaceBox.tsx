import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { ChoiceBox } from "../../components/forms/ChoiceBox";
import { ValueBox } from "../../components/forms/ValueBox";
import { useDates } from "../../i18n/use-dates";
import { power, POWERS } from "../../records/lens-said";
import { ofUniversal } from "../../records/numbering";
import { sideWord, useSaid, type Said } from "./say";
import { absentWhy } from "./typed";
import {
  codesOf,
  isShared,
  lettersOf,
  nameOf,
  NOT_EXAMINED,
  readLetters,
  takenOf,
  toggled,
  wordsOf,
  type Place,
  type Values,
} from "./values";
import type { TFunction } from "i18next";
import style from "./forms.module.css";

interface PlaceBoxProps {
  place: Place;
  values: Values;
  onChange: (changed: Values) => void;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement | HTMLSelectElement>) => void;
  onLeave: () => void;
  wrong: boolean;
  told: string | undefined;
  readOnly: boolean;
}

/** What a place asks, as it is read out: `Right, Sph`. */
export function placeWords(t: TFunction, said: Said, { item, side, part }: Place): string {
  const asked = part ?? item;
  const unit = asked.holds.sort === "number" ? asked.holds.of.units[0] : undefined;
  const label = said(asked.label);
  const what = unit ? t("forms.place_unit", { what: label, unit }) : label;
  const once = side === null || (part && isShared(item, part));
  return once ? what : t("forms.place", { side: sideWord(t, said, side), what });
}

/** One place of a form, by what it holds. */
export function PlaceBox({ place, values, onChange, ...box }: PlaceBoxProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const said = useSaid();
  const { holds } = place.part ?? place.item;
  const name = nameOf(place);
  const label = placeWords(t, said, place);
  const value = values[name] ?? "";
  const taken = values[takenOf(name)];
  const given = { ...box, name, label, value };
  const put = (text: string) => onChange({ [name]: text });
  if (holds.sort === "finding" && place.item.sides === "teeth")
    return <ValueBox {...given} value={lettersOf(value)} onChange={(text) => put(readLetters(text))} words />;
  if (holds.sort === "choice" || holds.sort === "finding") {
    const scale = holds.of.options.map(({ code, label: words }) => ({ value: code, label: said(words) }));
    const why = absentWhy(value);
    const absent = why ? [{ value, label: t(`forms.absent.${why}`) }] : [];
    if (holds.sort === "choice")
      return (
        <ChoiceBox {...given} onChange={put} none={t("forms.not_said")} options={[...scale, ...absent]} />
      );
    const codes = codesOf(value);
    const words = (code: string) => scale.find((each) => each.value === code)?.label ?? code;
    // Several that were found stand as one line of the list.
    const several = codes.length > 1 ? [{ value, label: codes.map(words).join(", ") }] : [];
    return (
      <span className={style["finding"]} data-found={codes.length > 0}>
        <ChoiceBox
          {...given}
          value={value === NOT_EXAMINED ? "" : value}
          onChange={(code) => code !== value && put(toggled(value, code))}
          none={t("forms.not_examined")}
          options={[{ value: "normal", label: t("forms.normal") }, ...scale, ...absent, ...several]}
        />
        {codes.length > 0 && (
          <ValueBox
            {...given}
            name={wordsOf(name)}
            label={t("forms.in_words", { what: label })}
            value={values[wordsOf(name)] ?? ""}
            onChange={(text) => onChange({ [wordsOf(name)]: text })}
            words
          />
        )}
      </span>
    );
  }
  const why = absentWhy(value);
  const isTooth = holds.sort === "tooth" && !why;
  return (
    <ValueBox
      {...given}
      value={isTooth ? toothShown(said, value) : value}
      onChange={(text) => put(holds.sort === "tooth" ? toothTyped(said, text) : text)}
      shown={place.part && POWERS.includes(place.part.key) ? power(value) : undefined}
      words={holds.sort === "text"}
      said={why ? t(`forms.absent.${why}`) : null}
      mark={taken ? t("forms.as_on", { date: date(taken) }) : null}
    />
  );
}

/** What stands before a number that is no tooth, so that it is none by the other numbers either. */
const NONE = "?";

/** A tooth as it is typed, by the numbers that are chosen; it is kept by ISO 3950. */
function toothTyped({ numbers }: Said, text: string): string {
  if (numbers === "fdi" || text.trim() === "" || text.startsWith("-")) return text;
  return ofUniversal(text) ?? `${NONE}${text}`;
}

function toothShown({ numbers, tooth }: Said, value: string): string {
  return numbers === "fdi" ? value : value.startsWith(NONE) ? value.slice(1) : tooth(value);
}
