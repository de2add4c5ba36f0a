import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { forgetAsked, keptAsked } from "./asked";
import { SheetCheck } from "./SheetCheck";
import style from "./Papers.module.css";

/** The check of the recovery sheet that was put off when the clinic was set up. */
export function SheetDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const asked = keptAsked();
  const done = () => {
    forgetAsked();
    onDone();
  };
  return (
    <Modal.Root opened onClose={onClose} centered size="30rem">
      <Modal.Overlay />
      <Modal.Content aria-label={t("papers.check")}>
        <Modal.Body p={0} className={style["dialog"]}>
          {asked ? (
            <SheetCheck asked={asked} onDone={done} onLater={onClose} />
          ) : (
            <p className={style["lost"]}>{t("papers.lost")}</p>
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
