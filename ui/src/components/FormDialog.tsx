import { Modal } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "./Acts";
import { Button, PrimaryButton } from "./Button";
import style from "./FormDialog.module.css";

interface FormDialogProps {
  opened: boolean;
  title: string;
  children: ReactNode;
  /** The act that sends the form, as a verb. */
  act: string;
  onAct: () => void;
  onClose: () => void;
  busy?: boolean;
}

/** A short form over the screen, where leaving the screen for it would be a detour. Enter sends, Escape leaves. */
export function FormDialog({ opened, title, children, act, onAct, onClose, busy = false }: FormDialogProps) {
  const { t } = useTranslation();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onAct();
  };
  return (
    <Modal.Root opened={opened} onClose={onClose} centered size="26rem">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p={0}>
          <form className={style["form"]} onSubmit={submit} noValidate>
            <Modal.Title className={style["title"]}>{title}</Modal.Title>
            {children}
            <Acts at="end">
              <Button onClick={onClose}>{t("action.cancel")}</Button>
              <PrimaryButton type="submit" loading={busy}>
                {act}
              </PrimaryButton>
            </Acts>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
