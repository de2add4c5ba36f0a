import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../components/Button";
import { Pane } from "../components/Pane";
import { RefusalNote } from "../components/RefusalNote";
import { Restored } from "../components/Restored";
import { Row } from "../components/Row";
import { TextButton } from "../components/TextButton";
import { useZone } from "../host/session";
import type { RecordForm } from "./use-record-form";

export interface KeptPaneProps {
  title: string;
  /** What the main act is called; null while there is nothing to act upon. */
  act: string | null;
  onAct: () => void;
  form: Pick<RecordForm<object>, "touched" | "busy" | "keptAt" | "since" | "refused" | "throwAway">;
  onClose: () => void;
  children: ReactNode;
  /** What else can be done while nothing is typed. */
  instead?: ReactNode;
  /** Where one can go from here at any time, before what throws away the typing. */
  ways?: ReactNode;
  /** What stands under the form. */
  under?: ReactNode;
}

/** A form in the task pane whose typing is kept until it is a record. */
export function KeptPane(props: KeptPaneProps) {
  const { title, act, onAct, form, onClose, children, instead, ways, under } = props;
  const { touched, busy, keptAt, since, refused, throwAway } = form;
  const { t } = useTranslation();
  const zone = useZone();
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
      {(ways || below) && (
        <Row>
          {ways}
          {below}
        </Row>
      )}
      {under}
    </Pane>
  );
}
