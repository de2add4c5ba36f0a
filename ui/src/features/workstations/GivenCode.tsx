import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { useCountdown, waitText } from "../../components/countdown";
import type { CodeGiven } from "../../generated/CodeGiven";
import style from "./Workstations.module.css";

/** The code to read aloud or type at the new computer, with the time that is left; gone once it has run out. */
export function GivenCode({ given, until }: { given: CodeGiven; until: number }) {
  const { t } = useTranslation();
  const left = useCountdown(until);
  const [copied, setCopied] = useState(false);
  if (left === 0) return <p className={style["over"]}>{t("workstations.over")}</p>;
  const copy = () => {
    const text = [given.server, ...given.lines].join("\n");
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };
  return (
    <section className={style["given"]} aria-label={t("workstations.given")}>
      <h3>{t("workstations.given")}</h3>
      <p>{t("workstations.given_note", { choice: t("first.join"), server: given.server })}</p>
      <ol>
        {given.lines.map((line) => (
          <li key={line}>
            <code>{line}</code>
          </li>
        ))}
      </ol>
      <p data-figures>
        <b>{t("workstations.left", { time: waitText(left), until: given.until })}</b>
      </p>
      <div className={style["copy"]}>
        <Button onClick={copy}>{t("workstations.copy")}</Button>
        <span role="status">{copied && t("workstations.copied")}</span>
      </div>
      <p className={style["note"]}>{t("workstations.add_note")}</p>
    </section>
  );
}
