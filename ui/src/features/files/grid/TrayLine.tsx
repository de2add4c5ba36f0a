import { IconInbox } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { TextButton } from "../../../components/TextButton";
import { useTray } from "../add/use-tray";
import style from "./grid.module.css";

/** How many papers the scanner has written that wait for a patient, and a way to a tray where there is none; nothing where it is empty. */
export function TrayLine({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation();
  const { tray } = useTray();
  if (!tray || (tray.count === 0 && tray.there)) return null;
  return (
    <p className={style["tray"]} role="status">
      <IconInbox size="1rem" stroke={1.8} aria-hidden="true" />
      {tray.count > 0 ? (
        <span>
          <b>
            {t("files.tray.lead")} {t("files.tray.waits", { count: tray.count })}
          </b>{" "}
          {t("files.tray.waits_text")}
        </span>
      ) : (
        <span>{t(tray.folder === null ? "files.tray.offered" : "files.tray.gone")}</span>
      )}
      <TextButton onClick={onOpen}>
        {t(tray.folder === null ? "files.tray.begin" : "files.tray.open")}
      </TextButton>
    </p>
  );
}
