import { useState } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNote } from "../../components/RefusalNote";
import { tell } from "../../components/tell";
import { TextButton } from "../../components/TextButton";
import type { RecoveryPaper } from "../../generated/RecoveryPaper";
import { asRefused, type Refused } from "../../host/host";
import { useHost } from "../../host/HostProvider";
import { useCommand } from "../../host/use-command";
import { Paper } from "./Paper";
import style from "./Papers.module.css";

const SHARES = [
  { paper: "share_1", place: "papers.share_1" },
  { paper: "share_2", place: "papers.share_2" },
  { paper: "share_3", place: "papers.share_3" },
] as const;

interface PaperSheetsProps {
  clinic: string;
  fingerprint: string;
  sheet: readonly string[];
  shares: readonly (readonly string[])[];
}

/** The recovery papers, each to be copied, printed or saved by itself. */
export function PaperSheets({ clinic, fingerprint, sheet, shares }: PaperSheetsProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className={style["first"]}>
        <Paper title={t("papers.sheet")} note={t("papers.sheet_note")} lines={sheet} strong>
          <PaperActs paper="sheet" />
        </Paper>
        <Paper
          title={t("papers.fingerprint", { clinic })}
          note={t("papers.fingerprint_note")}
          lines={inTwo(fingerprint)}
          plain
        />
      </div>
      {shares.length > 0 && (
        <div className={style["shares"]}>
          {SHARES.slice(0, shares.length).map(({ paper, place }, at) => (
            <Paper
              key={paper}
              title={t("papers.share", { number: `${at + 1}` })}
              note={`${t("papers.share_note")} ${t(place)}`}
              lines={shares[at] ?? []}
            >
              <PaperActs paper={paper} />
            </Paper>
          ))}
        </div>
      )}
    </>
  );
}

/** A paper to the printer, or as a PDF where the person chooses. */
function PaperActs({ paper }: { paper: RecoveryPaper }) {
  const { t } = useTranslation();
  const host = useHost();
  const print = useCommand("print_paper");
  const keep = useCommand("save_paper");
  const [refused, setRefused] = useState<Refused | null>(null);
  const busy = print.isPending || keep.isPending;
  const attempt = (act: () => Promise<string | null>) => {
    setRefused(null);
    void act().then(
      (words) => words && tell(words),
      (reason: unknown) => setRefused(asRefused(reason)),
    );
  };
  const toPrinter = () =>
    attempt(async () => {
      const { printer } = await print.mutateAsync({ paper, printer: null });
      return t("papers.printed", { printer });
    });
  const toFile = () =>
    attempt(async () => {
      const place = await host.choosePlace(`recovery-${paper.replace("_", "-")}.pdf`);
      if (place === null) return null;
      const { name } = await keep.mutateAsync({ paper, place });
      return t("papers.saved", { name });
    });
  return (
    <div className={style["out"]}>
      {refused && <RefusalNote refused={refused} />}
      <TextButton onClick={toPrinter} disabled={busy}>
        {t("papers.print")}
      </TextButton>
      <TextButton onClick={toFile} disabled={busy}>
        {t("papers.save")}
      </TextButton>
    </div>
  );
}

/** Eight groups are compared more easily in two lines of four. */
function inTwo(fingerprint: string): string[] {
  const groups = fingerprint.split(" ");
  const half = Math.ceil(groups.length / 2);
  return [groups.slice(0, half).join(" "), groups.slice(half).join(" ")];
}
