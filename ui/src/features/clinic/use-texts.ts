import { useState } from "react";
import { useTranslation } from "react-i18next";
import { tell } from "../../components/tell";
import type { Kept } from "../../generated/Kept";
import { useMay } from "../../host/session";

type Texts<Name extends string> = Record<Name, string>;

/** All that a field of text is given. */
export interface TextProps {
  name: string;
  value: string;
  onChange: (text: string) => void;
  error: string | null;
  readOnly: boolean;
}

/** Texts of one record that are changed and saved together. */
export interface TextsForm<Name extends string> {
  may: boolean;
  /** The version that was seen, or written since. */
  version: number;
  /** What differs from what was seen; null where nothing does, or something that is needed is missing, which is told. */
  changed: () => Partial<Record<Name, string | null>> | null;
  text: (name: Name) => TextProps;
  /** It was saved: the form goes on from there. */
  saved: (kept: Kept) => void;
}

/** Holds texts as they were when the form was opened, and what is typed over them, whatever others write meanwhile. */
export function useTexts<Name extends string>(
  view: Texts<Name> & { version: number },
  names: readonly Name[],
  needed: readonly Name[],
): TextsForm<Name> {
  const { t } = useTranslation();
  const may = useMay("clinic.edit");
  const [seen, setSeen] = useState(() => {
    const texts = names.map((name) => [name, view[name]]);
    return { version: view.version, texts: Object.fromEntries(texts) as Texts<Name> };
  });
  const [values, setValues] = useState(seen.texts);
  const [told, setTold] = useState(false);
  const lacks = (name: Name) => needed.includes(name) && !values[name].trim();
  return {
    may,
    version: seen.version,
    changed: () => {
      setTold(true);
      const other = names.filter((name) => values[name].trim() !== seen.texts[name]);
      if (names.some(lacks) || other.length === 0) return null;
      const said = other.map((name) => [name, values[name].trim() || null]);
      return Object.fromEntries(said) as Partial<Record<Name, string | null>>;
    },
    text: (name) => ({
      name,
      value: values[name],
      onChange: (typed) => setValues((before) => ({ ...before, [name]: typed })),
      error: told && lacks(name) ? t("clinic.needed") : null,
      readOnly: !may,
    }),
    saved: ({ version, conflict }) => {
      setSeen({ version, texts: values });
      tell(t(conflict ? "clinic.saved_conflict" : "clinic.saved"));
    },
  };
}
