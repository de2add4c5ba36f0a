import { useTranslation } from "react-i18next";
import type { Together } from "./columns";

/** What the signs are called in the shown language. */
export function useSignWords() {
  const { t } = useTranslation();
  return {
    /** `Blood pressure` where the two of it stand together, else the sign's own name. */
    name: ({ name, signs }: Together) => t(signs.length > 1 ? "vitals.pressure" : `vitals.sign.${name}`),
  };
}
