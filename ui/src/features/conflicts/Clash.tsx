import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, PrimaryButton } from "../../components/Button";
import { KeyHint } from "../../components/KeyHint";
import { RefusalNote } from "../../components/RefusalNote";
import { Tag } from "../../components/Tag";
import type { ConflictCard } from "../../generated/ConflictCard";
import { useCommand } from "../../host/use-command";
import { useConflictWords } from "./conflict-words";
import style from "./Conflicts.module.css";

interface ClashProps {
  card: ConflictCard;
  /** The keys start here. */
  first: boolean;
  onSettled: () => void;
}

/** One clash: its sides beside each other in the order of time; a figure chooses one, Enter keeps it. */
export function Clash({ card, first, onSettled }: ClashProps) {
  const { t } = useTranslation();
  const words = useConflictWords();
  const id = useId();
  const [chosen, setChosen] = useState<number | null>(null);
  const resolve = useCommand("resolve_conflict");
  const keep = () => {
    if (chosen === null || resolve.isPending) return;
    const { record, id: conflict, version } = card;
    resolve.mutate({ record, conflict, version, choice: chosen }, { onSuccess: onSettled });
  };
  const press = (event: React.KeyboardEvent<HTMLElement>) => {
    const side = card.sides[Number(event.key) - 1];
    const isFigure = /^[1-9]$/.test(event.key) && side !== undefined;
    if (!isFigure && event.key !== "Enter") return;
    event.preventDefault();
    if (!isFigure) return keep();
    setChosen(side.choice);
    event.currentTarget.querySelectorAll("input")[Number(event.key) - 1]?.focus();
  };
  const person = words.person(card);
  const Keep = first ? PrimaryButton : Button;
  return (
    <section className={style["card"]} aria-labelledby={id}>
      <header>
        <h2 id={id}>
          {person && (
            <>
              <b>{person}</b>
              {" · "}
            </>
          )}
          {words.about(card)}
        </h2>
        <Tag kind="warn">{words.clash(card)}</Tag>
      </header>
      {resolve.error && <RefusalNote refused={resolve.error} />}
      <div
        className={style["sides"]}
        role="radiogroup"
        aria-label={t("conflict.choose")}
        tabIndex={-1}
        onKeyDown={press}
      >
        {card.sides.map((side, at) => (
          <label key={side.choice} className={style["side"]}>
            <input
              type="radio"
              name={id}
              checked={chosen === side.choice}
              onChange={() => setChosen(side.choice)}
              // The first clash is what this screen is for.

              autoFocus={first && at === 0}
            />
            <KeyHint combo={String(at + 1)} />
            <span className={style["said"]}>
              <b>{words.side(side, card)}</b>
              {side.shortened && <span className={style["small"]}>{t("conflict.beginning")}</span>}
              <span className={style["small"]}>{words.by(side)}</span>
            </span>
          </label>
        ))}
      </div>
      <footer>
        <span className={style["small"]}>{words.shown(card)}</span>
        <Keep onClick={keep} loading={resolve.isPending} disabled={chosen === null}>
          {t("conflict.keep")}
          <KeyHint combo="Enter" />
        </Keep>
      </footer>
    </section>
  );
}
