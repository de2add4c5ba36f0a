import { useState } from "react";
import { useTranslation } from "react-i18next";
import { hush, tell } from "../../components/tell";
import type { RecordId } from "../../generated/RecordId";
import { asRefused, type Refused } from "../../host/host";
import { useHost } from "../../host/HostProvider";
import { useCommand } from "../../host/use-command";

/** The way of a file out of the records. */
export interface Copying {
  save: () => void;
  busy: boolean;
  refused: Refused | null;
}

/** How a copy ends, by what it is. */
const ENDINGS: Record<string, string> = {
  "application/dicom": "dcm",
  "application/pdf": "pdf",
  "image/jpeg": "jpg",
  "image/png": "png",
  "text/plain": "txt",
};

/** Keeps a copy of a file where the person chooses, in the system’s own dialog. What it is called names nobody. */
export function useCopy(
  file: RecordId,
  known: { media_type: string; sort?: string | null } | undefined,
): Copying {
  const { t } = useTranslation();
  const host = useHost();
  const { mutateAsync } = useCommand("save_file");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const choose = async () => {
    const ending = ENDINGS[known?.media_type ?? ""] ?? "bin";
    const place = await host.choosePlace(`${known?.sort ?? "document"}-${file.slice(-6)}.${ending}`);
    if (place === null) return;
    const { name } = await mutateAsync({ file, place });
    tell(t("files.view.saved", { name }));
  };
  const save = () => {
    if (busy || !known) return;
    setBusy(true);
    setRefused(null);
    hush();
    void choose()
      .catch((reason: unknown) => setRefused(asRefused(reason)))
      .finally(() => setBusy(false));
  };
  return { save, busy, refused };
}
