import { useTranslation } from "react-i18next";
import { refusalText, type RefusalLike } from "../i18n/refusal";
import { Button } from "./Button";
import { ErrorNote } from "./ErrorNote";

/** What is refused again however often it is tried. */
const FOR_GOOD: readonly string[] = [
  "account_expired",
  "account_inactive",
  "frozen",
  "licence_expired",
  "not_author",
  "not_found",
  "not_permitted",
];

/** A refusal in its own words, with the way to try again where trying again can help. */
export function RefusalNote({ refused, onRetry }: { refused: RefusalLike; onRetry?: () => void }) {
  const { t } = useTranslation();
  const retry = onRetry && !FOR_GOOD.includes(refused.code) && (
    <Button onClick={onRetry}>{t("action.retry")}</Button>
  );
  return <ErrorNote {...refusalText(t, refused)} action={retry} />;
}
