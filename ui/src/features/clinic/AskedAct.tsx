import { useState, type ReactNode } from "react";
import { Button } from "../../components/Button";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { RefusalNote } from "../../components/RefusalNote";
import type { Refused } from "../../host/host";
import style from "./Staff.module.css";

interface AskedActProps {
  /** What is to be known before it. */
  about?: ReactNode;
  /** What is pressed to be asked; null where this person may not. */
  press: string | null;
  title: string;
  /** What becomes of it. */
  question: string;
  /** The answer that does it. */
  act: string;
  command: { isPending: boolean; error: Refused | null };
  /** Does it; `refused` is called when it was not done. */
  onAct: (refused: () => void) => void;
}

/** An act upon a person's place here, done after asking once. */
export function AskedAct({ about, press, title, question, act, command, onAct }: AskedActProps) {
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <div className={style["end"]}>
      {command.error && <RefusalNote refused={command.error} />}
      {about && <p>{about}</p>}
      {press && <Button onClick={() => setAsking(true)}>{press}</Button>}
      <ConfirmDialog
        opened={asking}
        title={title}
        act={act}
        onAct={() => onAct(close)}
        onClose={close}
        busy={command.isPending}
      >
        {question}
      </ConfirmDialog>
    </div>
  );
}
