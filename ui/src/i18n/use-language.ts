import { useTranslation } from "react-i18next";
import { LANGUAGES, speak, type Language } from "./start";

/** The language on screen, those that can be chosen, and the way to choose one: kept for the next start. */
export function useLanguage() {
  const { i18n } = useTranslation();
  return {
    language: i18n.language as Language,
    languages: offered(i18n.language as Language),
    choose: (language: Language) => speak(i18n, language),
  };
}

/** The pseudo-locale is nobody's language: a built page offers it only to whoever asked for it by the address. */
function offered(language: Language): [Language, string][] {
  const all = Object.entries(LANGUAGES) as [Language, string][];
  return all.filter(([code]) => code !== "pseudo" || language === "pseudo" || import.meta.env.DEV);
}
