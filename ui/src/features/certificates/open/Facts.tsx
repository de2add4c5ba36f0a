import { useTranslation } from "react-i18next";
import { Tag } from "../../../components/Tag";
import { TextButton } from "../../../components/TextButton";
import { lensSaid } from "../../../records/lens-said";
import { remarkSaid } from "../../../records/remark-said";
import { EYES, type Eye } from "../form/lens";
import type { View } from "../types";
import { useDays } from "../use-days";
import style from "./Open.module.css";

interface FactsProps {
  view: View;
  /** Says that the lens of an eye is meant, where it is asked about; nothing for who may not. */
  onMeant?: ((eye: Eye) => void) | undefined;
}

/** What a certificate says, and what is kept behind it: for whoever decides on it. */
export function Facts({ view, onMeant }: FactsProps) {
  const { t } = useTranslation();
  const words = useDays();
  const { details, days } = view;
  const stretch = words.stretch(details.from, details.until);
  const agreed = details.diagnosis_agreed ?? false;
  const told = (at: string) => view.remarks.filter(({ path, weight }) => path === at && weight !== "to_sign");
  const isAsked = (at: string) => told(at).some(({ weight }) => weight === "asked");
  const asked = (at: string, text: string | undefined) =>
    [text, ...told(at).map((remark) => remarkSaid(t, remark))].filter(Boolean).join("\n") || undefined;
  const rows: { name: string; text: string | undefined; printed: boolean }[] = [
    { name: "verdict", text: details.verdict && t(`certificates.verdict.${details.verdict}`), printed: true },
    {
      name: "days",
      text: stretch && [stretch, days && words.counted(days)].filter(Boolean).join("\n"),
      printed: true,
    },
    {
      name: "lenses_for",
      text: details.lenses_for && t(`certificates.lenses_for.${details.lenses_for}`),
      printed: true,
    },
    { name: "right", text: asked("right", lensSaid(details.right)), printed: true },
    { name: "left", text: asked("left", lensSaid(details.left)), printed: true },
    { name: "pd", text: asked("pd", details.pd), printed: true },
    { name: "pd_near", text: asked("pd_near", details.pd_near), printed: true },
    { name: "came_at", text: details.came_at, printed: true },
    { name: "left_at", text: details.left_at, printed: true },
    { name: "sent_to", text: details.sent_to && t(`certificates.sent_to.${details.sent_to}`), printed: true },
    { name: "sent_with", text: details.sent_with, printed: true },
    { name: "reason", text: details.reason, printed: details.reason_agreed ?? false },
    { name: "limits", text: details.limits, printed: true },
    { name: "recommendation", text: details.recommendation, printed: true },
    { name: "diagnosis", text: details.diagnosis, printed: agreed },
    { name: "examined", text: details.examined && words.written(details.examined), printed: true },
    { name: "addressee", text: details.addressee, printed: true },
  ];
  return (
    <dl className={style["facts"]}>
      {rows
        .filter(({ text }) => text)
        .map(({ name, text, printed }) => (
          <div key={name}>
            <dt>
              {t(`certificates.field.${name as "verdict"}`)}
              {printed ? (
                <Tag kind="go">{t("certificates.printed")}</Tag>
              ) : (
                <Tag>{t("certificates.kept")}</Tag>
              )}
            </dt>
            <dd>
              {text}
              {EYES.filter((eye) => eye === name && onMeant && isAsked(eye)).map((eye) => (
                <div key={eye}>
                  <TextButton onClick={() => onMeant?.(eye)}>{t("certificates.meant")}</TextButton>
                </div>
              ))}
            </dd>
          </div>
        ))}
    </dl>
  );
}
