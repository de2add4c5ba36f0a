import { IconPhone } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useHotkey } from "../../../components/hotkey";
import { KeyHint } from "../../../components/KeyHint";
import type { EmergencyContact } from "../../../generated/EmergencyContact";
import style from "./Banner.module.css";

/** Shows whom to call, on any screen about a person. */
const EMERGENCY_KEYS = "alt+E";

/** Whom to call, with the number, one key away for everybody who sees the person. */
export function Emergency({ contacts, more }: { contacts: readonly EmergencyContact[]; more: number }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  useHotkey(EMERGENCY_KEYS, () => setOpen((now) => !now));
  return (
    <>
      <button
        type="button"
        className={style["call"]}
        aria-expanded={open}
        onClick={() => setOpen((now) => !now)}
      >
        <IconPhone size="0.875rem" aria-hidden="true" />
        {t("patients.emergency.act")}
        <KeyHint combo={EMERGENCY_KEYS} />
      </button>
      {open && (
        <div className={style["called"]} role="status">
          {contacts.length === 0 && t("patients.emergency.none")}
          {contacts.map(({ name, relation, phone }) => (
            <span key={`${name} ${phone}`}>
              <bdi>{name}</bdi>
              {relation && ` (${relation})`} <b>{phone ?? t("patients.emergency.no_phone")}</b>
            </span>
          ))}
          {more > 0 && <span>{t("patients.more_emergency", { count: more })}</span>}
        </div>
      )}
    </>
  );
}
