import { useTranslation } from "react-i18next";
import type { RefusalLike } from "../i18n/refusal";
import { Pane } from "../components/Pane";
import { RefusalNote } from "../components/RefusalNote";
import { TextButton } from "../components/TextButton";

interface RefusedPaneProps {
  title: string;
  refused: RefusalLike;
  /** Tries again where trying again can help. */
  onRetry?: () => void;
  onClose: () => void;
  /** Throws away what was left in the form that cannot be drawn; null where nothing was. */
  onThrowAway: (() => void) | null;
}

/** A form that cannot be drawn, why, and the end of what was left in it. */
export function RefusedPane({ title, refused, onRetry, onClose, onThrowAway }: RefusedPaneProps) {
  const { t } = useTranslation();
  const throwAway = () => {
    onThrowAway?.();
    onClose();
  };
  return (
    <Pane title={title} onClose={onClose}>
      <RefusalNote refused={refused} {...(onRetry ? { onRetry } : {})} />
      {onThrowAway && (
        <div>
          <TextButton onClick={throwAway}>{t("saved.throw_away")}</TextButton>
        </div>
      )}
    </Pane>
  );
}
