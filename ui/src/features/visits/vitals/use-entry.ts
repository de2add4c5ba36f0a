import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Sign } from "../../../generated/Sign";
import type { SignName } from "../../../generated/SignName";
import type { Refused } from "../../../host/host";
import { outside, readAmount } from "./entry-value";

/** What is typed of each sign. */
export type EntryTyping = Partial<Record<SignName, string>>;

/** What stands at a field: `asked` whether an unusual value is meant, or `wrong`. */
interface Mark {
  kind: "asked" | "wrong";
  words: string;
  /** The text that it is about: another text is another question. */
  text: string;
  /** It is asked about what follows from this and another, as the body mass index does. */
  derived?: SignName;
}

/** Weight and height as they stand, from which the body mass index follows. */
function pairOf({ weight = "", height = "" }: EntryTyping): string {
  return `${weight} ${height}`;
}

/** Whether the lower number of a blood pressure is not below the upper one. */
function isUpsideDown(typing: EntryTyping, signs: readonly Sign[]): boolean {
  const amount = (part: SignName) => {
    const sign = signs.find(({ name }) => name === part);
    const read = sign && readAmount(typing[part] ?? "", sign);
    return read?.kind === "amount" ? Number(read.value) : NaN;
  };
  return amount("diastolic") >= amount("systolic");
}

/** What is wrong or is asked at each field of the vital signs that are typed. */
export function useEntry(signs: readonly Sign[]) {
  const { t } = useTranslation();
  const [marks, setMarks] = useState<Partial<Record<SignName, Mark>>>({});
  // What was meant counts at once: the same key may go on to save.
  const confirmed = useRef<Partial<Record<SignName, string>>>({});
  const put = (name: SignName, mark: Mark | null) =>
    setMarks((all) => {
      const rest = Object.fromEntries(Object.entries(all).filter(([each]) => each !== name));
      return mark ? { ...rest, [name]: mark } : rest;
    });
  const said = (sign: Sign, text: string) => {
    const read = readAmount(text, sign);
    return read.kind === "amount" ? `${read.value} ${read.unit ?? sign.unit}` : text;
  };
  const impossible = ({ possible: { low, high } }: Sign) => {
    if (low !== null && high !== null) return t("vitals.impossible", { low, high });
    return low === null
      ? t("vitals.impossible_high", { high: high ?? "" })
      : t("vitals.impossible_low", { low });
  };

  /**
   * Looks at a field that is being left: true when it may be. An unusual value is asked about once, and Enter on the
   * same text keeps it; the bands are those that the records gave, and only hold for their own unit.
   */
  const leave = (typing: EntryTyping, sign: Sign, entered: boolean): boolean => {
    const text = typing[sign.name] ?? "";
    const read = readAmount(text, sign);
    const wrong = (words: string) => {
      put(sign.name, { kind: "wrong", words, text });
      return false;
    };
    if (read.kind === "empty") {
      put(sign.name, null);
      return true;
    }
    if (read.kind === "no_number") {
      const example = sign.reference?.low ?? sign.plausible.low ?? "";
      return wrong(t("vitals.not_a_number", { example }));
    }
    if (read.kind === "no_unit") return wrong(t("vitals.no_such_unit"));
    if (sign.name === "diastolic" && isUpsideDown(typing, signs)) return wrong(t("vitals.upside_down"));
    const mark = marks[sign.name];
    const asked = mark?.kind === "asked" && mark.text === text;
    if (asked) {
      const [about, meant] = mark.derived ? [mark.derived, pairOf(typing)] : [sign.name, text];
      if (entered) confirmed.current[about] = meant;
      if (confirmed.current[about] !== meant) return false;
      put(sign.name, null);
      return true;
    }
    const own = read.unit === null || read.unit === sign.unit;
    if (own && outside(read.value, sign.possible)) return wrong(impossible(sign));
    if (!own || !outside(read.value, sign.plausible) || confirmed.current[sign.name] === text) {
      put(sign.name, null);
      return true;
    }
    put(sign.name, { kind: "asked", words: t("vitals.sure", { value: said(sign, text) }), text });
    return false;
  };

  return {
    marks,
    /** What is being mended is not called wrong any more; a lower number above the upper one is at once. */
    mend: (typing: EntryTyping, name: SignName) => {
      put(name, null);
      if (name === "systolic") put("diastolic", null);
      if (name === "diastolic" && isUpsideDown(typing, signs)) {
        put(name, { kind: "wrong", words: t("vitals.upside_down"), text: typing[name] ?? "" });
      }
    },
    leave,
    /** The signs that were checked and confirmed, as they stand now. */
    confirmed: (typing: EntryTyping): SignName[] => {
      const meant = signs.filter(({ name }) => typing[name] && confirmed.current[name] === typing[name]);
      const names = meant.map(({ name }) => name);
      return confirmed.current.bmi === pairOf(typing) ? [...names, "bmi"] : names;
    },
    /** The first field that may not be left; all are looked at. */
    check: (typing: EntryTyping): SignName | null => {
      const stays = signs.filter((sign) => !leave(typing, sign, false)).map(({ name }) => name);
      return stays[0] ?? null;
    },
    /** Puts a refusal at the field that it names; null when it names none. */
    refuse: (typing: EntryTyping, { code, fields }: Refused): SignName | null => {
      if (code === "implausible" && fields["field"] === "bmi") {
        const mark = { kind: "asked", words: t("vitals.sure_bmi"), text: typing.height ?? "" } as const;
        put("height", { ...mark, derived: "bmi" });
        return "height";
      }
      const sign = signs.find(({ name }) => name === fields["field"]);
      if (!sign || (code !== "invalid" && code !== "implausible" && code !== "missing")) return null;
      const text = typing[sign.name] ?? "";
      put(
        sign.name,
        code === "implausible"
          ? { kind: "asked", words: t("vitals.sure", { value: said(sign, text) }), text }
          : { kind: "wrong", words: code === "missing" ? t("vitals.upper") : t("vitals.refused"), text },
      );
      return sign.name;
    },
    clear: () => {
      setMarks({});
      confirmed.current = {};
    },
  };
}
