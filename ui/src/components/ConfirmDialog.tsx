import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, PrimaryButton } from "./Button";
import style from "./ConfirmDialog.module.css";

interface ConfirmDialogProps {
  opened: boolean;
  title: string;
  /** What will happen and whether it can be undone. */
  children: ReactNode;
  /** The act itself, as a verb: never "OK". */
  act: string;
  /** What leaves everything as it was, where "Cancel" could be taken for the act. */
  keep?: string;
  onAct: () => void;
  onClose: () => void;
  busy?: boolean;
}

/** Asks before what cannot be undone. Escape and Cancel leave everything as it was. */
export function ConfirmDialog({
  opened,
  title,
  children,
  act,
  keep,
  onAct,
  onClose,
  busy = false,
}: ConfirmDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal.Root opened={opened} onClose={onClose} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body className={style["body"]}>
          <Modal.Title className={style["title"]}>{title}</Modal.Title>
          <div>{children}</div>
          <div className={style["acts"]}>
            <Button onClick={onClose} startsHere>
              {keep ?? t("action.cancel")}
            </Button>
            <PrimaryButton onClick={onAct} loading={busy}>
              {act}
            </PrimaryButton>
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
