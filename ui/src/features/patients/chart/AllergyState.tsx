import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Allergies } from "../../../generated/Allergies";
import { inBrief } from "./in-brief";
import style from "./Banner.module.css";

/** The signs of a banner that are read at a glance; more are counted, and the list has them all. */
const GLANCE = 88;

/** What is known of allergies, in exactly four states; each opens the list. */
export function AllergyState({
  allergies,
  onOpen,
}: {
  allergies: Allergies;
  onOpen?: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const said = () => {
    if (allergies.state !== "known") return t(`patients.allergies.${allergies.state}`);
    const { shown, more } = inBrief(allergies.list, GLANCE);
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
