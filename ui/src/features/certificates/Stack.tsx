import { useTranslation } from "react-i18next";
import { KeyHint } from "../../components/KeyHint";
import { TextButton } from "../../components/TextButton";
import { useHotkey } from "../../components/hotkey";
import style from "./open/Open.module.css";

interface StackProps {
  /** Where this one stands, from 1, and how many there are. */
  at: number;
  of: number;
  /** Leaves this one as it is and goes to the next. */
  onNext: () => void;
}

/** Where a certificate stands in the stack of its approver, and the keys that work there. */
export function Stack({ at, of, onNext }: StackProps) {
  const { t } = useTranslation();
  useHotkey("n", onNext);
  return (
    <div className={style["stack"]}>
      <b>{t("certificates.stack.at", { at: String(at), of: String(of) })}</b>
      <span className={style["keys"]}>
        <span>
          <KeyHint combo="Enter" /> {t("certificates.stack.approve")}
        </span>
        <span>
          <KeyHint combo="R" /> {t("certificates.stack.return")}
        </span>
        <TextButton onClick={onNext} aria-keyshortcuts="N">
          {t("certificates.stack.next")} <KeyHint combo="N" />
        </TextButton>
      </span>
    </div>
  );
}
