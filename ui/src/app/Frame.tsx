import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useHotkey } from "../components/hotkey";
import { FIND_KEY, FIND_KEYS, HELP_KEYS, LOCK_KEYS } from "./keys";
import { Rail } from "./Rail";
import { TopBar, type FrameFacts } from "./TopBar";
import style from "./Frame.module.css";

interface FrameProps extends FrameFacts {
  onFind: () => void;
  /** What the person must still do, told above every screen. */
  strip?: ReactNode;
  children: ReactNode;
}

/** Where the skip link and the focus after a change of screen lead. */
export const CONTENT_ID = "content";

/** Opens something over the screen; the menu in which the keys were is closed first, as by Escape. */
function withoutMenu(act: () => void) {
  return () => {
    const escape = new KeyboardEvent("keydown", { key: "Escape", bubbles: true });
    document.activeElement?.closest("[role=menu]")?.dispatchEvent(escape);
    act();
  };
}

/** What stands around every screen: rail, top bar, content. */
export function Frame({ children, strip, ...bar }: FrameProps) {
  const { t } = useTranslation();
  useHotkey(FIND_KEY, withoutMenu(bar.onFind));
  useHotkey(FIND_KEYS, withoutMenu(bar.onFind));
  useHotkey(LOCK_KEYS, bar.acts.lock);
  useHotkey(HELP_KEYS, withoutMenu(bar.acts.help));
  const skip = (event: React.MouseEvent) => {
    // The address holds the screen, so the link moves the focus itself.
    event.preventDefault();
    document.getElementById(CONTENT_ID)?.focus();
  };
  return (
    <div className={style["frame"]}>
      <a className={style["skip"]} href={`#${CONTENT_ID}`} onClick={skip}>
        {t("app.skip")}
      </a>
      <Rail />
      <div className={style["top"]}>
        <TopBar {...bar} />
        {strip}
      </div>
      <main id={CONTENT_ID} tabIndex={-1} className={style["content"]}>
        {children}
      </main>
    </div>
  );
}
