import { IconSpeakerphone } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextButton } from "../../../components/TextButton";
import type { Banner } from "../../../generated/Banner";
import style from "./Banner.module.css";

/** So many stand open; the others do on asking. */
const MOST = 3;

/** What everyone must know who opens the person: in whole words, however many lines they take. */
export function BannerAlerts({ alerts, more_alerts: untold = 0 }: Pick<Banner, "alerts" | "more_alerts">) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (alerts.length === 0) return null;
  const shown = open ? alerts : alerts.slice(0, MOST);
  const whole = shown.length === alerts.length;
  return (
    <ul className={style["alerts"]} aria-label={t("record.banner_alert.many")}>
      {shown.map(({ text, act }, at) => (
        <li key={`${at} ${text}`} className={style["alert"]}>
          <IconSpeakerphone size="0.9375rem" aria-hidden="true" />
          <span>
            <bdi>{text}</bdi>
            {act && (
              <>
                {": "}
                <bdi>{act}</bdi>
              </>
            )}
          </span>
        </li>
      ))}
      {whole && untold > 0 && <li>{t("patients.allergies.and_more", { count: untold })}</li>}
      {alerts.length > MOST && (
        <li>
          <TextButton aria-expanded={open} onClick={() => setOpen(!open)}>
            {open
              ? t("patients.fewer")
              : t("patients.show_more", { count: alerts.length - shown.length + untold })}
          </TextButton>
        </li>
      )}
    </ul>
  );
}
