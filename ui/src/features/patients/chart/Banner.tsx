import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../../components/Avatar";
import { Tag } from "../../../components/Tag";
import { TextButton } from "../../../components/TextButton";
import type { Banner as BannerFacts } from "../../../generated/Banner";
import { saidName } from "../names";
import { usePerson } from "../use-person";
import { AllergyState } from "./AllergyState";
import { BannerAlerts } from "./BannerAlerts";
import { Unread } from "../../../records/Unread";
import { Emergency } from "./Emergency";
import { useRoom } from "./use-room";
import style from "./Banner.module.css";

interface BannerProps {
  banner: BannerFacts;
  /** Opens the list of allergies; without it the state is only told. */
  onAllergies?: (() => void) | undefined;
  /** Writes down what lacks; without it that is only told. */
  onConsent?: (() => void) | undefined;
  /** What can be done with the person, at the right. */
  acts?: ReactNode;
  /** What they are in the middle of, behind the facts. */
  state?: ReactNode;
}

/** A name of more signs than this stands in two lines, which are set a little smaller. */
const LONG = 48;

/**
 * Who this is, on every screen about a person: name, allergies, alerts, birth date with age, sex, number, where they
 * belong.
 */
export function Banner({ banner, onAllergies, onConsent, acts, state }: BannerProps) {
  const { t } = useTranslation();
  const words = usePerson();
  const { person, allergies, emergency, disputed } = banner;
  const { ref, room } = useRoom();
  const name = words.name(person);
  return (
    <header className={style["banner"]}>
      <Avatar name={saidName(person) || "?"} large />
      <div className={style["who"]}>
        <div className={style["first"]} ref={ref}>
          <h1 tabIndex={-1} data-long={name.length > LONG}>
            <bdi>{name}</bdi>
          </h1>
          <AllergyState allergies={allergies} room={room} onOpen={onAllergies} />
        </div>
        <BannerAlerts {...banner} />
        <div className={style["facts"]}>
          <span>
            {t("patients.born")} <b>{words.born(person)}</b>
          </span>
          <b>{words.sex(person)}</b>
          {person.number && (
            <span className={style["number"]} title={person.number}>
              {words.numberWord(person.number_label)}{" "}
              <b>
                <bdi>{person.number}</bdi>
              </b>
            </span>
          )}
          {person.belongs && (
            <span className={style["belongs"]} title={person.belongs}>
              {person.belongs}
            </span>
          )}
          {banner.lacks && (
            <span className={style["lacks"]}>
              {banner.lacks.map((sort) => (
                <Tag key={sort} kind="warn">
                  {t(`consent.${banner.unasked?.includes(sort) ? "unasked" : "lacks"}.${sort}`)}
                </Tag>
              ))}
              {onConsent && <TextButton onClick={onConsent}>{t("consent.record")}</TextButton>}
            </span>
          )}
          {person.died && <Tag>{t("patients.died")}</Tag>}
          {state}
          {disputed.length > 0 && <Tag kind="warn">{t("patients.disputed")}</Tag>}
          {banner.refused && <Tag kind="warn">{t("patients.refused_tag")}</Tag>}
          <Unread lines={banner.unread} />
          <Emergency contacts={emergency} more={banner.more_emergency ?? 0} />
        </div>
      </div>
      {acts && <div className={style["acts"]}>{acts}</div>}
    </header>
  );
}
