import { useTranslation } from "react-i18next";
import { LANGUAGES, speak, type Language } from "./start";

/** The language on screen, those that can be chosen, and the way to choose one: kept for the next start. */
export function useLanguage() {
  const { i18n } = useTranslation();
  return {
    language: i18n.language as Language,
    languages: Object.entries(LANGUAGES) as [Language, string][],
    choose: (language: Language) => speak(i18n, language),
  };
}
