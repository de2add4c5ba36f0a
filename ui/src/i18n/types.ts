import type { en } from "./en";

type Sentences<T> = { [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };

/** What each language holds: the keys of English, sentences of its own. */
export type Texts = Sentences<typeof en>;

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}
