import { useTranslation } from "react-i18next";
import type { Index } from "../../generated/Index";
import type { Indices as Both } from "../../generated/Indices";

/** What is counted of a mouth, with its parts. */
export function Indices({ indices: { permanent, milk } }: { indices: Both }) {
  const { t } = useTranslation();
  const parts = ({ decayed: d, missing: m, filled: f }: Index) => ({
    sum: String(d + m + f),
    d: String(d),
    m: String(m),
    f: String(f),
  });
  const said = [milk.seen > 0 && t("dental.dmft", parts(milk)), t("dental.DMFT", parts(permanent))];
  return <span data-figures>{said.filter(Boolean).join(" · ")}</span>;
}
