import { IconInbox } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { TextButton } from "../../../components/TextButton";
import { useTray } from "../add/use-tray";
import style from "./grid.module.css";

/** How many papers the scanner has written that wait for a patient; nothing where there are none. */
export function TrayLine({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation();
  const { tray } = useTray();
  const waiting = tray?.count ?? 0;
  if (waiting === 0) return null;
  return (
    <p className={style["tray"]} role="status">
      <IconInbox size="1rem" stroke={1.8} aria-hidden="true" />
      <span>
        <b>
          {t("files.tray.lead")} {t("files.tray.waits", { count: waiting })}
        </b>{" "}
        {t("files.tray.waits_text")}
      </span>
      <TextButton onClick={onOpen}>{t("files.tray.open")}</TextButton>
    </p>
  );
}
