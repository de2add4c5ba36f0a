import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RefusalLike } from "../i18n/refusal";
import { PrimaryButton } from "./Button";
import { Pane } from "./Pane";
import { RefusalNote } from "./RefusalNote";
import { Restored } from "./Restored";
import { TextButton } from "./TextButton";

export interface KeptPaneProps {
  title: string;
  /** What the main act is called; null while there is nothing to act upon. */
  act: string | null;
  onAct: () => void;
  /** Why the act was refused. */
  refused: RefusalLike | null;
  form: {
    touched: boolean;
    /** The act is on its way. */
    busy: boolean;
    /** When the typing was kept last, `10:32`; null before. */
    keptAt: string | null;
    /** When it was typed that the form goes on from, in milliseconds since 1970; null where it begins anew. */
    since: number | null;
    throwAway: () => void;
  };
  /** The site's time zone. */
  zone: string;
  onClose: () => void;
  children: ReactNode;
  /** What else can be done while nothing is typed. */
  instead?: ReactNode;
}

/** A form in the task pane whose typing is kept until it is a record. */
export function KeptPane(props: KeptPaneProps) {
  const { title, act, onAct, refused, form, zone, onClose, children, instead } = props;
  const { touched, busy, keptAt, since, throwAway } = form;
  const { t } = useTranslation();
  const away = touched && !busy && <TextButton onClick={throwAway}>{t("saved.throw_away")}</TextButton>;
  const below = touched ? away : instead;
  return (
    <Pane
      title={title}
      onClose={onClose}
      {...(keptAt ? { status: t("saved.here", { time: keptAt }) } : {})}
      {...(act
        ? {
            action: (
              <PrimaryButton shortcut="mod+Enter" onClick={onAct} loading={busy}>
                {act}
              </PrimaryButton>
            ),
          }
        : {})}
    >
      {refused && <RefusalNote refused={refused} />}
      {since !== null && <Restored since={since} zone={zone} />}
      {children}
      {below && <div>{below}</div>}
    </Pane>
  );
}
