import { spoken } from "../../i18n/spoken";
import type { LineOf } from "../kind";

/** A form of which only the name is told: what it says stands in its tab. */
export const filled: LineOf<"filled"> = (filled, { t }) => {
  const code = filled.form?.split("@")[0];
  return { title: code && spoken(t, `forms.name.${code.replace(".", "_")}`, code) };
};
