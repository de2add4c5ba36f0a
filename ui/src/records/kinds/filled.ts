import type { TFunction } from "i18next";
import { spoken } from "../../i18n/spoken";
import type { LineOf } from "../kind";

/** What people call a form, `eye.pressure@1`; its code where this version does not know it. */
export function formName(t: TFunction, form: string | undefined): string {
  const code = form?.split("@")[0] ?? "";
  return spoken(t, `forms.name.${code.replace(".", "_")}`, code);
}

/** A form of which only the name is told: what it says stands in its tab. */
export const filled: LineOf<"filled"> = (filled, { t }) => ({
  title: filled.form && formName(t, filled.form),
});
