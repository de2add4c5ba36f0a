import { useTranslation } from "react-i18next";
import { tell } from "../../components/tell";
import type { Refused } from "../../host/host";
import { useMay } from "../../host/session";
import { useCommand } from "../../host/use-command";
import type { FileView } from "./types";

/** Saying that a result was read: who may, and once it is here to be seen. */
export function useReading(view: FileView): {
  act: (() => void) | null;
  busy: boolean;
  refused: Refused | null;
} {
  const { t } = useTranslation();
  const may = useMay("note.sign");
  const reading = useCommand("read_file");
  const open = may && view.reading === "unread" && view.state.at === "here";
  const read = () => {
    if (reading.isPending) return;
    reading.mutate({ id: view.id, version: view.version }, { onSuccess: () => tell(t("files.unread.done")) });
  };
  return { act: open ? read : null, busy: reading.isPending, refused: reading.error };
}
