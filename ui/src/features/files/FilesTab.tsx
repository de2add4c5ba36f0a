import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Chips } from "../../components/Chips";
import { EmptyState } from "../../components/EmptyState";
import { FilesButton } from "../../components/FilesButton";
import { RefusalNote } from "../../components/RefusalNote";
import { Skeleton } from "../../components/Skeleton";
import { TextButton } from "../../components/TextButton";
import type { RecordId } from "../../generated/RecordId";
import { useMay } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { useDropped, usePasted } from "../../host/use-files";
import { usePages } from "../../host/use-pages";
import type { TabProps } from "../../records/parts";
import { choiceWord } from "../../records/words";
import { useInHand } from "./add/in-hand";
import { Grid } from "./grid/Grid";
import { papersOf } from "./grid/group";
import { TrayLine } from "./grid/TrayLine";
import { SORTS, type Sort } from "./types";
import { useHandOver } from "./use-copy";
import { Viewer } from "./view/Viewer";
import style from "./grid/grid.module.css";

/** What the tab is narrowed to: a sort of file, or the clinic’s own certificates. */
type Narrowed = Sort | "certificates";

interface FilesTabProps extends TabProps {
  onCertificate: (certificate: RecordId) => void;
}

/**
 * The documents of a chart by day, the clinic’s own certificates among them; the one in hand in full. A file is added by
 * choosing it, by dropping it anywhere, or by pasting it.
 */
export function FilesTab({ patient, task, onTask, onCertificate }: FilesTabProps) {
  const { t } = useTranslation();
  const mayAdd = useMay("file.add");
  const mayCertificates = useMay("certificate.print");
  const [narrowed, setNarrowed] = useState<Narrowed | null>(null);
  const { run } = useInHand(patient);
  const sort = narrowed === "certificates" ? null : narrowed;
  const files = usePages("files", { patient, sort }, (page) => page.rows, {
    end: "after",
    fresh: true,
    keepLast: true,
  });
  const own = useQueryOf("certificates_of", { patient }, { enabled: mayCertificates });
  const add = (chosen: readonly File[]) => {
    if (chosen.length === 0) return;
    void run.take(patient, chosen, t("files.add.unnamed"));
    onTask({ of: "attachment", act: "add" });
  };
  useDropped(add, mayAdd);
  usePasted(add, mayAdd);
  const certificates = sort === null ? (own.data?.rows ?? []) : [];
  const rows = narrowed === "certificates" ? [] : (files.rows ?? []);
  const papers = papersOf(rows, certificates, narrowed !== "certificates" && files.more);
  const counts = files.last?.counts ?? {};
  const issued = (own.data?.rows.length ?? 0) + (own.data?.more ?? 0);
  const all = Object.values(counts).reduce((sum, count) => sum + count, issued);
  const opened = openedFile(task);
  const mayCopy = useMay("file.export");
  const handOver = useHandOver(patient, sort);
  const button = mayAdd && (
    <FilesButton onFiles={add} shortcut="n">
      {t("files.add.act")}
    </FilesButton>
  );
  const known = files.rows !== null && (own.data !== undefined || !mayCertificates || own.error !== null);
  return (
    <>
      {opened && (
        <Viewer
          key={patient}
          file={opened}
          rows={rows}
          quiet={task?.of === "attachment"}
          onFile={(file) => onTask({ of: "file", file })}
          onMove={(file) => onTask({ of: "attachment", act: "move", file })}
          onClose={() => onTask(null)}
        />
      )}
      {/* What was seen stays as it is behind the file that is open: its place, and its pictures, which serve once. */}
      <div className={style["tab"]} hidden={opened !== null}>
        <div className={style["top"]}>
          {all > 0 && (
            <Chips
              label={t("files.narrow")}
              all={{ label: t("files.all"), count: all }}
              chips={chips(counts, issued, (one) =>
                one === "certificates" ? t("files.certificates") : choiceWord(t, "attachment", "sort", one),
              )}
              value={narrowed ? [narrowed] : []}
              onChange={(chosen) => setNarrowed(chosen.at(-1) ?? null)}
            />
          )}
          {papers.length > 1 && <span className={style["order"]}>{t("files.newest")}</span>}
          {mayCopy && all > issued && narrowed !== "certificates" && (
            <TextButton onClick={handOver.save} disabled={handOver.busy}>
              {t("files.view.hand_over")}
            </TextButton>
          )}
          {all > 0 && button}
        </div>
        {handOver.refused && <RefusalNote refused={handOver.refused} onRetry={handOver.save} />}
        {files.error && <RefusalNote refused={files.error} onRetry={files.retry} />}
        {own.error && <RefusalNote refused={own.error} onRetry={() => void own.refetch()} />}
        {!known && !files.error && <Skeleton lines={6} />}
        {known && papers.length === 0 && (
          <EmptyState text={t(all > 0 ? "files.none_of_sort" : "files.none")} action={all === 0 && button} />
        )}
        {papers.length > 0 && (
          <Grid
            papers={papers}
            onOpen={(paper) => {
              if ("file" in paper) onTask({ of: "file", file: paper.id });
              else onCertificate(paper.id);
            }}
          />
        )}
        {files.more && narrowed !== "certificates" && (
          <div className={style["earlier"]}>
            <Button onClick={files.fetchMore} loading={files.fetching}>
              {t("files.earlier")}
            </Button>
          </div>
        )}
        {own.data?.more !== undefined && sort === null && (
          <p>{t("certificates.more_of", { count: own.data.more })}</p>
        )}
        {mayAdd && <TrayLine onOpen={() => onTask({ of: "attachment", act: "add" })} />}
      </div>
    </>
  );
}

/** The file of which something is done in the task pane. */
function openedFile(task: TabProps["task"]): RecordId | null {
  return (task?.of === "file" || task?.of === "attachment") && "file" in task ? task.file : null;
}

/** The sorts that there are, and the certificates behind them. */
function chips(counts: Record<string, number>, certificates: number, word: (one: Narrowed) => string) {
  const sorts = SORTS.map((sort) => ({ value: sort as Narrowed, count: counts[sort] ?? 0 }));
  const all = [...sorts, { value: "certificates" as const, count: certificates }];
  return all.filter(({ count }) => count > 0).map((chip) => ({ ...chip, label: word(chip.value) }));
}
