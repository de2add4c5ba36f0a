import { useTranslation } from "react-i18next";
import type { RecordId } from "../../generated/RecordId";
import { useCommand } from "../../host/use-command";
import { useSaving, type Saving } from "../../records/use-saving";
import type { Sort } from "./types";

/** How a copy ends, by what it is. */
const ENDINGS: Record<string, string> = {
  "application/dicom": "dcm",
  "application/pdf": "pdf",
  "image/jpeg": "jpg",
  "image/png": "png",
  "text/plain": "txt",
};

/** Keeps a copy of a file where the person chooses. */
export function useCopy(
  file: RecordId,
  known: { media_type: string; sort?: string | null } | undefined,
): Saving {
  const { t } = useTranslation();
  const { mutateAsync } = useCommand("save_file");
  const ending = ENDINGS[known?.media_type ?? ""] ?? "bin";
  const name = known && `${known.sort ?? "document"}-${file.slice(-6)}.${ending}`;
  return useSaving(name, async (place) => {
    const saved = await mutateAsync({ file, place });
    return t("files.view.saved", { name: saved.name });
  });
}

/** Writes the files of a chart, or those of one sort, for another system. */
export function useHandOver(patient: RecordId, sort: Sort | null): Saving {
  const { t } = useTranslation();
  const { mutateAsync } = useCommand("export_files");
  return useSaving(`documents-${patient.slice(-6)}.json`, async (place) => {
    const { name, files, absent } = await mutateAsync({ patient, sort, place });
    const said = t("files.view.handed_over", { count: files, name });
    return absent > 0 ? `${said} ${t("files.view.handed_over_absent", { count: absent })}` : said;
  });
}
