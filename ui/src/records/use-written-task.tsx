import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../components/ConfirmDialog";

/** What is being written beside a list, and what asks before typing is left. */
interface WrittenTask {
  /** The row's key; empty for a new one, null for none. */
  task: string | null;
  /** Goes to another task, or closes with null; asks first where something was typed. */
  goTo: (task: string | null) => void;
  /** What was typed is saved, or need not be. */
  end: () => void;
  /** Hears whether something was typed. */
  onTouched: (touched: boolean) => void;
  /** The question, to be drawn beside the pane. */
  question: ReactNode;
}

/** Holds which row of a list is being written: typing that is not saved is left by nobody who did not say so. */
export function useWrittenTask(): WrittenTask {
  const { t } = useTranslation();
  const [task, setTask] = useState<string | null>(null);
  const [touched, setTouched] = useState(false);
  const [next, setNext] = useState<{ task: string | null } | null>(null);
  const leave = (to: string | null) => {
    setTask(to);
    setTouched(false);
    setNext(null);
  };
  const goTo = (to: string | null) => {
    if (to === task) return;
    if (touched) setNext({ task: to });
    else leave(to);
  };
  const question = (
    <ConfirmDialog
      opened={next !== null}
      title={t("snippets.unsaved.title")}
      act={t("snippets.unsaved.leave")}
      keep={t("snippets.unsaved.stay")}
      onAct={() => next && leave(next.task)}
      onClose={() => setNext(null)}
    >
      {t("snippets.unsaved.text")}
    </ConfirmDialog>
  );
  return { task, goTo, end: () => leave(null), onTouched: setTouched, question };
}
