import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { TextButton } from "../components/TextButton";
import type { AddendumRow } from "../generated/AddendumRow";
import { useMay, useZone } from "../host/session";
import { useWhenIn } from "../i18n/use-when";
import style from "./Additions.module.css";

interface AdditionsProps {
  addenda: readonly AddendumRow[];
  /** What else one of them says, beside its words. */
  also?: (addendum: AddendumRow) => ReactNode;
  /** Nothing where who looks may not. */
  onWithdraw?: ((addendum: AddendumRow) => void) | undefined;
}

/** What was added to a signed document: who, when, what and why. */
export function Additions({ addenda, also, onWithdraw }: AdditionsProps) {
  const { t } = useTranslation();
  const when = useWhenIn(useZone());
  const maySign = useMay("note.sign");
  return addenda.map((each) => (
    <section key={each.id} className={style["addition"]}>
      <p className={style["small"]}>
        {t("visits.note.added_by", { author: each.author ?? t("visits.note.nobody"), when: when(each.at) })}{" "}
        {maySign && onWithdraw && (
          <TextButton onClick={() => onWithdraw(each)}>{t("addenda.withdraw.act")}</TextButton>
        )}
      </p>
      {also?.(each)}
      {each.text && <p className={style["said"]}>{each.text}</p>}
      <p className={style["small"]}>{t("visits.note.why_said", { reason: each.reason })}</p>
    </section>
  ));
}
