import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, PrimaryButton } from "../../components/Button";
import { TextField } from "../../components/fields";
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
  const choosing = card.settling === "choice";
  const Side = choosing ? "label" : "div";
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
        {...(choosing ? { role: "radiogroup", "aria-label": t("conflict.choose"), onKeyDown: press } : {})}
        tabIndex={-1}
      >
        {card.sides.map((side, at) => (
          <Side key={side.choice} className={style["side"]} data-choosing={choosing}>
            {choosing && (
              <>
                <input
                  type="radio"
                  name={id}
                  checked={chosen === side.choice}
                  onChange={() => setChosen(side.choice)}
                  // The first clash is what this screen is for.

                  autoFocus={first && at === 0}
                />
                <KeyHint combo={String(at + 1)} />
              </>
            )}
            <span className={style["said"]}>
              <b>{words.side(side, card)}</b>
              {side.shortened && <span className={style["small"]}>{t("conflict.beginning")}</span>}
              <span className={style["small"]}>{words.by(side)}</span>
            </span>
          </Side>
        ))}
      </div>
      {choosing ? (
        <footer>
          <span className={style["small"]}>{words.shown(card)}</span>
          <Keep onClick={keep} loading={resolve.isPending} disabled={chosen === null}>
            {t("conflict.keep")}
            <KeyHint combo="Enter" />
          </Keep>
        </footer>
      ) : (
        <Imported card={card} onSettled={onSettled} />
      )}
    </section>
  );
}

/** What can be done where two imports differ in what nobody changes: the record is withdrawn, if its kind can be. */
function Imported({ card, onSettled }: Omit<ClashProps, "first">) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const { mutate, error, isPending } = useCommand("withdraw_disputed");
  if (card.settling === "nothing") return <p className={style["small"]}>{t("conflict.for_good")}</p>;
  const withdraw = () => {
    setMissing(!reason.trim());
    if (!reason.trim() || isPending) return;
    mutate({ id: card.record, version: card.version, reason: reason.trim() }, { onSuccess: onSettled });
  };
  return (
    <>
      <p className={style["small"]}>{t("conflict.withdraw_text")}</p>
      {error && <RefusalNote refused={error} />}
      <footer>
        <TextField
          label={t("conflict.withdraw_why")}
          name="reason"
          value={reason}
          onChange={setReason}
          error={missing ? t("patients.required") : undefined}
          readOnly={isPending}
          required
        />
        <Button onClick={withdraw} loading={isPending}>
          {t("conflict.withdraw")}
        </Button>
      </footer>
    </>
  );
}
