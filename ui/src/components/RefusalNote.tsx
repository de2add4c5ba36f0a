import { useTranslation } from "react-i18next";
import { refusalText, type RefusalLike } from "../i18n/refusal";
import { Button } from "./Button";
import { ErrorNote } from "./ErrorNote";

/** A refusal in its own words, with the way to try again where trying again can help. */
export function RefusalNote({ refused, onRetry }: { refused: RefusalLike; onRetry?: () => void }) {
  const { t } = useTranslation();
  const retry = onRetry && <Button onClick={onRetry}>{t("action.retry")}</Button>;
  return <ErrorNote {...refusalText(t, refused)} action={retry} />;
}
