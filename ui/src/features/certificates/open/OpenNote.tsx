import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Acts } from "../../../components/Acts";
import { Button, PrimaryButton } from "../../../components/Button";
import { RefusalNote } from "../../../components/RefusalNote";
import type { View } from "../types";
import { useOpenNote } from "./use-note";
import style from "./Open.module.css";

interface OpenNoteProps {
  opened: boolean;
  view: View;
  onClose: () => void;
  /** Goes to the note; without it there is no way from here. */
  onNote?: (() => void) | undefined;
  onIssue: () => void;
}

/** Asks what becomes of the note of the visit, which is not signed yet, before a certificate rests on it. */
export function OpenNote({ opened, view, onClose, onNote, onIssue }: OpenNoteProps) {
  const { t } = useTranslation();
  const { sign, busy, refused } = useOpenNote(view, opened);
  return (
    <Modal.Root opened={opened} onClose={() => setTimeout(onClose)} centered size="34rem">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body className={style["dialog"]}>
          <Modal.Title className={style["title"]}>{t("certificates.note.title")}</Modal.Title>
          <p>{t("certificates.note.text")}</p>
          {refused && <RefusalNote refused={refused} />}
          <Acts at="end">
            <Button onClick={onClose}>{t("action.cancel")}</Button>
            <Button onClick={onIssue}>{t("certificates.note.without")}</Button>
            {onNote && <Button onClick={onNote}>{t("certificates.note.go")}</Button>}
            {sign && (
              <PrimaryButton onClick={() => sign(onIssue)} loading={busy} shortcut="mod+Enter">
                {t("certificates.note.sign")}
              </PrimaryButton>
            )}
          </Acts>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
