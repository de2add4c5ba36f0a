import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Allergies } from "../../../generated/Allergies";
import { inBrief } from "./in-brief";
import style from "./Banner.module.css";

interface AllergyStateProps {
  allergies: Allergies;
  /** The signs that have room, those of the words around the list included. */
  room: number;
  onOpen?: (() => void) | undefined;
}

/** What is known of allergies, in exactly four states; each opens the list. */
export function AllergyState({ allergies, room, onOpen }: AllergyStateProps) {
  const { t } = useTranslation();
  const said = () => {
    if (allergies.state !== "known") return t(`patients.allergies.${allergies.state}`);
    // Those that the answer had no room for are counted with those that the line has none for.
    const untold = allergies.more ?? 0;
    const around = t("patients.allergies.known_more", { list: "", count: allergies.list.length + untold });
    const brief = inBrief(allergies.list, room - around.length);
    const { shown } = brief;
    const more = brief.more + untold;
    const list = shown.join(", ");
    return more > 0
      ? t("patients.allergies.known_more", { list, count: more })
      : t("patients.allergies.known", { list });
  };
  const inside = (
    <>
      {allergies.state === "known" && <IconAlertTriangle size="0.9375rem" aria-hidden="true" />}
      {said()}
    </>
  );
  const shape = { className: style["allergies"], "data-state": allergies.state };
  return onOpen ? (
    <button type="button" {...shape} onClick={onOpen}>
      {inside}
    </button>
  ) : (
    <span {...shape}>{inside}</span>
  );
}
