import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { figureText } from "./use-figures";
import { en } from "./en";
import { pseudo } from "./pseudo";

/** The languages a person can choose, each by its own name; `pseudo` shows what a longer language would do. */
export const LANGUAGES = { en: "English", pseudo: "Ëñglîsh (pseudo)" } as const;

export type Language = keyof typeof LANGUAGES;

const KEPT_AS = "clinicdesk.language";

/** Makes the text ready, in the language chosen here before. */
export function startText(language: Language = chosenLanguage()): i18n {
  const text = i18next.createInstance();
  void text.use(initReactI18next).init({
    lng: language,
    // The pseudo-locale follows English plural rules through this fallback of codes, not of sentences.
    fallbackLng: false,
    resources: { en: { translation: en }, pseudo: { translation: language === "pseudo" ? pseudo(en) : {} } },
    initAsync: false,
    // A count is written as the figures beside it are: 1,184.
    interpolation: {
      escapeValue: false,
      alwaysFormat: true,
      format: (value: unknown, _, shown = language, { interpolationkey } = {}) =>
        interpolationkey === "count" && typeof value === "number"
          ? figureText(value, shown)
          : `${value as string}`,
    },
    returnNull: false,
    showSupportNotice: false,
  });
  name(language);
  return text;
}

/**
 * Shows another language from now on and keeps the choice for the next start. The system's own language is never
 * consulted: it is the clinic's choice.
 */
export function speak(text: i18n, language: Language): void {
  if (language === "pseudo") text.addResourceBundle("pseudo", "translation", pseudo(en), true, true);
  localStorage.setItem(KEPT_AS, language);
  name(language);
  void text.changeLanguage(language);
}

function name(language: Language): void {
  document.documentElement.lang = language === "pseudo" ? "en" : language;
}

function chosenLanguage(): Language {
  const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(KEPT_AS);
  return asked !== null && asked in LANGUAGES ? (asked as Language) : "en";
}
