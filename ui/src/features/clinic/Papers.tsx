import { useTranslation } from "react-i18next";
import { DoorHead } from "../../components/DoorHead";
import { DoorLayout } from "../../components/DoorLayout";
import type { Founded } from "../../generated/Founded";
import { PaperSheets } from "./PaperSheets";
import { SheetCheck } from "./SheetCheck";
import style from "./Papers.module.css";

interface PapersProps {
  founded: Founded;
  /** The sheet was read back. */
  onDone: () => void;
  /** The papers are put away unchecked. */
  onLater: () => void;
}

/** What the founding leaves to keep on paper, and the check that it is on paper. */
export function Papers({ founded, onDone, onLater }: PapersProps) {
  const { t } = useTranslation();
  const { clinic, site } = founded.session;
  return (
    <DoorLayout title={t("papers.title")} clinic={clinic} site={site} size="long">
      <div className={style["papers"]}>
        <DoorHead title={t("papers.title")} intro={[t("papers.intro"), t("papers.not_yet")]} />
        <PaperSheets clinic={clinic} {...founded} />
        <SheetCheck asked={founded.asked} onDone={onDone} onLater={onLater} />
      </div>
    </DoorLayout>
  );
}
