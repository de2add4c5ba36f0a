import { useTranslation } from "react-i18next";
import { Card } from "../../components/Card";
import { FilesButton } from "../../components/FilesButton";
import type { RecordId } from "../../generated/RecordId";
import { useDropped, usePasted } from "../../host/use-files";
import type { OnTask } from "../../records/parts";
import { useInHand } from "./add/in-hand";
import { TrayLine } from "./grid/TrayLine";
import style from "./grid/grid.module.css";

/** Takes files into a chart that whoever adds them may not read. */
export function AddHere({ patient, onTask }: { patient: RecordId; onTask: OnTask }) {
  const { t } = useTranslation();
  const { run } = useInHand(patient);
  const open = () => onTask({ of: "attachment", act: "add" });
  const add = (chosen: readonly File[]) => {
    if (chosen.length === 0) return;
    void run.take(patient, chosen, t("files.add.unnamed"));
    open();
  };
  useDropped(add);
  usePasted(add);
  return (
    <Card
      title={t("record.attachment.many")}
      action={
        <FilesButton onFiles={add} shortcut="n">
          {t("files.add.act")}
        </FilesButton>
      }
    >
      <div className={style["here"]}>
        <p>{t("files.unlisted")}</p>
        <TrayLine onOpen={open} />
      </div>
    </Card>
  );
}
