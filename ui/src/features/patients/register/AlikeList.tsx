import { useTranslation } from "react-i18next";
import { comboAria, useHotkey } from "../../../components/hotkey";
import { KeyHint } from "../../../components/KeyHint";
import { Tag } from "../../../components/Tag";
import type { Alike } from "../../../generated/Alike";
import { PersonFacts } from "../find/PersonFacts";
import { usePerson } from "../use-person";
import { STRONG } from "./use-alike";
import style from "./register.module.css";

interface AlikeListProps {
  people: readonly Alike[];
  /** What was typed has been compared with everybody. */
  compared: boolean;
  /** Opens the chart of one who is here already. */
  onOpen: (patient: string) => void;
}

/** Who may be the one being registered: how alike, in what, and the key that opens their chart instead. */
export function AlikeList({ people, compared, onOpen }: AlikeListProps) {
  const { t } = useTranslation();
  if (people.length === 0)
    return (
      <p className={style["quiet"]} role="status">
        {t(compared ? "patients.alike.none" : "patients.alike.nobody")}
      </p>
    );
  return (
    <ul className={style["alike"]}>
      {people.map((alike, at) => (
        <AlikeRow key={alike.person.id} alike={alike} at={at} onOpen={() => onOpen(alike.person.id)} />
      ))}
    </ul>
  );
}

function AlikeRow({ alike, at, onOpen }: { alike: Alike; at: number; onOpen: () => void }) {
  const { t } = useTranslation();
  const words = usePerson();
  const { person, likeness } = alike;
  const strong = likeness.score >= STRONG;
  const combo = `mod+${at + 1}`;
  useHotkey(combo, onOpen);
  return (
    <li>
      <button type="button" data-strong={strong} onClick={onOpen} aria-keyshortcuts={comboAria(combo)}>
        <b>
          <bdi>{words.name(person)}</bdi>
        </b>
        <KeyHint combo={combo} />
        <span className={style["facts"]}>
          <PersonFacts person={person} />
        </span>
        <span className={style["reasons"]}>
          <Tag kind={strong ? "warn" : "plain"}>
            {t(
              likeness.score >= 90
                ? "patients.alike.same"
                : strong
                  ? "patients.alike.likely"
                  : "patients.alike.maybe",
            )}
          </Tag>
          {likeness.reasons.map((reason) => (
            <Tag key={reason}>{t(`patients.reason_alike.${reason}`)}</Tag>
          ))}
        </span>
      </button>
    </li>
  );
}
