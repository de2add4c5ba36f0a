import { IconSpeakerphone } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextButton } from "../../../components/TextButton";
import type { Banner } from "../../../generated/Banner";
import { useWhole } from "./use-whole";
import style from "./Banner.module.css";

/**
 * What everyone must know who opens the person: two lines of it, and the rest on asking, all in whole words. Whoever hears
 * the screen hears all of it.
 */
export function BannerAlerts({ alerts, more_alerts: untold = 0 }: Pick<Banner, "alerts" | "more_alerts">) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { ref, whole } = useWhole(alerts.length);
  if (alerts.length === 0) return null;
  const hidden = alerts.length - whole + untold;
  return (
    <div className={style["told"]}>
      <ul ref={ref} className={style["alerts"]} data-open={open} aria-label={t("record.banner_alert.many")}>
        {alerts.map(({ text, act }, at) => (
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
      </ul>
      {open && untold > 0 && <span>{t("patients.allergies.and_more", { count: untold })}</span>}
      {(open || hidden > 0) && (
        <TextButton aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t("patients.fewer") : t("patients.allergies.and_more", { count: hidden })}
        </TextButton>
      )}
    </div>
  );
}
