import { useTranslation } from "react-i18next";
import { choiceWord } from "../../records/words";
import { SORTS } from "./types";

/** A title has no more characters (the records have the same limit). */
export const LONGEST_TITLE = 120;

/** The sorts as a form offers them; the first is for who has not chosen yet. */
export function useSorts(): { value: string; label: string }[] {
  const { t } = useTranslation();
  const sorts = SORTS.map((sort) => ({
    value: sort as string,
    label: choiceWord(t, "attachment", "sort", sort),
  }));
  return [{ value: "", label: t("files.sort_none") }, ...sorts];
}
