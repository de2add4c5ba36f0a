import { useTranslation } from "react-i18next";
import { Tag, type TagKind } from "../../components/Tag";
import type { Status } from "./types";
import style from "./Steps.module.css";

/** What the colour of a state means: finished, needs a person, under way, or nothing. */
const KINDS: Record<Status, TagKind> = {
  draft: "plain",
  submitted: "go",
  returned: "warn",
  rejected: "plain",
  issued: "ok",
  revoked: "warn",
  superseded: "plain",
};

/** The state of a certificate in a word. */
export function StatusTag({ status }: { status: Status }) {
  const { t } = useTranslation();
  return <Tag kind={KINDS[status]}>{t(`certificates.status.${status}`)}</Tag>;
}

/** The way of a certificate with where it is now; `short` for whoever may issue at once. */
export function Steps({ status, short = false }: { status: Status; short?: boolean }) {
  const { t } = useTranslation();
  const way = short ? (["draft", "issued"] as const) : (["draft", "submitted", "issued"] as const);
  // What left the way stands at its end, in its own word.
  if (!way.some((step) => step === status) && status !== "returned") return <StatusTag status={status} />;
  const now = status === "returned" ? "draft" : status;
  return (
    <ol className={style["steps"]} aria-label={t("certificates.steps")}>
      {way.map((step) => (
        <li key={step} {...(step === now ? { "aria-current": "step" } : {})}>
          {t(`certificates.step.${status === "returned" && step === now ? "returned" : step}`)}
        </li>
      ))}
    </ol>
  );
}
