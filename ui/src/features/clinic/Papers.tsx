import { useTranslation } from "react-i18next";
import { DoorLayout } from "../../components/DoorLayout";
import type { Founded } from "../../generated/Founded";
import { Paper } from "./Paper";
import { SheetCheck } from "./SheetCheck";
import style from "./Papers.module.css";

interface PapersProps {
  founded: Founded;
  /** The sheet was read back. */
  onDone: () => void;
  /** The papers are put away unchecked. */
  onLater: () => void;
}

const PLACES = ["papers.share_1", "papers.share_2", "papers.share_3"] as const;

/** What the founding leaves to keep on paper, shown this once, and the check that it is on paper. */
export function Papers({ founded, onDone, onLater }: PapersProps) {
  const { t } = useTranslation();
  const { clinic, site } = founded.session;
  return (
    <DoorLayout title={t("papers.title")} clinic={clinic} site={site} size="long">
      <div className={style["papers"]}>
        <header>
          <h1 tabIndex={-1}>{t("papers.title")}</h1>
          <p>{t("papers.intro")}</p>
          <p>{t("papers.not_yet")}</p>
        </header>
        <div className={style["first"]}>
          <Paper title={t("papers.sheet")} note={t("papers.sheet_note")} lines={founded.sheet} strong />
          <Paper
            title={t("papers.fingerprint", { clinic })}
            note={t("papers.fingerprint_note")}
            lines={inTwo(founded.fingerprint)}
            plain
          />
        </div>
        <div className={style["shares"]}>
          {founded.shares.map((lines, at) => (
            <Paper
              key={at}
              title={t("papers.share", { number: `${at + 1}` })}
              note={`${t("papers.share_note")} ${t(PLACES[at] ?? PLACES[2])}`}
              lines={lines}
            />
          ))}
        </div>
        <SheetCheck asked={founded.asked} onDone={onDone} onLater={onLater} />
      </div>
    </DoorLayout>
  );
}

/** Eight groups are compared more easily in two lines of four. */
function inTwo(fingerprint: string): string[] {
  const groups = fingerprint.split(" ");
  const half = Math.ceil(groups.length / 2);
  return [groups.slice(0, half).join(" "), groups.slice(half).join(" ")];
}
