import type { RecordId } from "../../../generated/RecordId";
import { useCommand } from "../../../host/use-command";
import type { Printing } from "../form/use-printing";
import type { Outcome } from "./outcome";

/** Issues a certificate and sends it to the printer that was chosen; a refused issue rejects. */
export function useSend(printing: Printing): (certificate: RecordId, version: number) => Promise<Outcome> {
  const issue = useCommand("issue_certificate");
  return async (certificate, version) => {
    const { number } = await issue.mutateAsync({ certificate, version });
    const unprinted = printing.printer ? await printing.print(certificate) : null;
    // It is issued, whatever the printer says.
    return unprinted ? { number, unprinted } : { number };
  };
}
