import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Asking } from "../../components/forms/Asking";
import type { Combo } from "../../components/hotkey";
import type { Answer } from "../../generated/Answer";
import { remarkSaid } from "../../records/remark-said";
import { canTake, mendsAlone, otherParts, type Here } from "./remarks";
import { answerSaid, placeSaid, useSaid, type Said } from "./say";

interface AskedProps {
  id: string;
  here: Here;
  /** The answer as it is typed. */
  now: Answer | undefined;
  /** The key that settles it. */
  combo: Combo | undefined;
  onTake: () => void;
}

/** What there is to say about an answer, and how it is settled. */
export function Asked({ id, here, now, combo, onTake }: AskedProps) {
  const { t } = useTranslation();
  const said = useSaid();
  const label = here.remark.offer ? offered(t, said, here, now) : t("forms.meant");
  const way = { label, onTake, ...(combo ? { combo } : {}) };
  return (
    <Asking
      id={id}
      about={placeSaid(t, said, here.place)}
      text={remarkSaid(t, here.remark)}
      ways={canTake(here) ? [way] : []}
    />
  );
}

/** What is offered, of a reading what is otherwise than it is typed; by its name where that is another place. */
function offered(t: TFunction, said: Said, here: Here, now: Answer | undefined): string {
  const { offer } = here.remark;
  const other = otherParts(here, now);
  if (other.length === 0) return t("forms.take", { what: answerSaid(t, said, here.place.item, offer) });
  const alone = mendsAlone(here, now);
  const parts = other.map((part) => {
    const what = answerSaid(t, said, part, offer?.p?.[part.key]);
    return alone ? what : `${said(part.label)} ${what}`;
  });
  return t(alone ? "forms.take" : "forms.take_for_both", { what: parts.join(", ") });
}
