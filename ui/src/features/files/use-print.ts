import { useTranslation } from "react-i18next";
import { hush, tell } from "../../components/tell";
import type { RecordId } from "../../generated/RecordId";
import type { Refused } from "../../host/host";
import { useCommand } from "../../host/use-command";

/** Printing a marked copy of a file on the machine’s own printer. */
export function usePrint(file: RecordId): { send: () => void; busy: boolean; refused: Refused | null } {
  const { t } = useTranslation();
  const printing = useCommand("print_file");
  const send = () => {
    if (printing.isPending) return;
    hush();
    printing.mutate(
      { file, printer: null, copies: 1 },
      { onSuccess: ({ printer }) => tell(t("files.view.printed", { printer })) },
    );
  };
  return { send, busy: printing.isPending, refused: printing.error };
}
