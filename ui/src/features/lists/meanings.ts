import type { Column } from "../../generated/Column";

/** What a column may mean, in the order of a card. */
export const MEANINGS = [
  "number",
  "name",
  "family",
  "given",
  "middle",
  "suffix",
  "sex",
  "birth_date",
  "programme",
  "year",
  "section",
  "campus",
  "email",
  "phone",
  "guardian",
  "guardian_phone",
] as const satisfies readonly Column[];
