import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button } from "../../components/Button";
import { RefusalNote } from "../../components/RefusalNote";
import { Skeleton } from "../../components/Skeleton";
import { useCommand, useQueryOf } from "../../host/use-command";
import { useSession } from "../../host/session";
import { PaperSheets } from "./PaperSheets";
import { SheetCheck } from "./SheetCheck";
import style from "./Papers.module.css";

/** The recovery papers that were put off: shown again to whoever they are sealed to, else a new sheet is made. */
export function SheetDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const clinic = useSession()?.clinic ?? "";
  const papers = useQueryOf("recovery_papers", {});
  const anew = useCommand("new_sheet");
  const { sheet = [], asked = [] } = papers.data ?? {};
  return (
    <Modal.Root opened onClose={onClose} centered size={sheet.length > 0 ? "62rem" : "30rem"}>
      <Modal.Overlay />
      <Modal.Content aria-label={t("papers.again")}>
        <Modal.Body className={style["dialog"]}>
          <h2>{t("papers.again")}</h2>
          {papers.isPending && <Skeleton lines={6} />}
          {papers.error && <RefusalNote refused={papers.error} />}
          {papers.data && sheet.length > 0 && <PaperSheets clinic={clinic} {...papers.data} />}
          {papers.data && sheet.length === 0 && (
            <p>{t(asked.length > 0 ? "papers.lost" : "papers.confirmed")}</p>
          )}
          {asked.length > 0 && <SheetCheck key={sheet[0]} asked={asked} onDone={onDone} onLater={onClose} />}
          {papers.data && sheet.length === 0 && (
            <>
              <p>{t("papers.anew_note")}</p>
              <Acts at="end">
                {asked.length === 0 && <Button onClick={onClose}>{t("action.cancel")}</Button>}
                <Button onClick={() => anew.mutate({})} loading={anew.isPending}>
                  {t("papers.anew")}
                </Button>
              </Acts>
            </>
          )}
          {anew.error && <RefusalNote refused={anew.error} />}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
