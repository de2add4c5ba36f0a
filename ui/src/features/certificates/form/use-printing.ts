import { useState } from "react";
import { useTranslation } from "react-i18next";
import { tell } from "../../../components/tell";
import type { RecordId } from "../../../generated/RecordId";
import type { OutputOf, Refused } from "../../../host/host";
import { useMay } from "../../../host/session";
import { useCommand, useQueryOf } from "../../../host/use-command";

const KEPT_AS = "clinicdesk.printer";

/** The printers of this workstation, and what was chosen among them. */
export interface Printing {
  /** The spooler has answered. */
  known: boolean;
  printers: OutputOf<"printers">["rows"];
  /** Null: nothing is to be printed now. */
  printer: string | null;
  choose: (printer: string) => void;
  copies: number;
  count: (copies: number) => void;
  /** Sends it to the printer that was chosen; a refusal is given back, for it is told where it was asked. */
  print: (certificate: RecordId) => Promise<Refused | null>;
  busy: boolean;
}

/** Where certificates are printed from here. The choice of a desk stays with its computer. */
export function usePrinting(): Printing {
  const { t } = useTranslation();
  const may = useMay("certificate.print");
  const found = useQueryOf("printers", {}, { enabled: may, fresh: true }).data;
  const printers = found?.rows ?? [];
  const [chosen, setChosen] = useState(() => localStorage.getItem(KEPT_AS));
  const [copies, setCopies] = useState(1);
  const send = useCommand("print_certificate");
  const usual = printers.find((each) => each.default) ?? printers[0];
  const known = chosen === "" || printers.some(({ name }) => name === chosen);
  const name = known ? chosen : (usual?.name ?? null);
  const printer = printers.length === 0 ? null : name || null;
  return {
    known: found !== undefined,
    printers,
    printer,
    choose: (next) => {
      localStorage.setItem(KEPT_AS, next);
      setChosen(next);
    },
    copies,
    count: setCopies,
    busy: send.isPending,
    print: async (certificate) => {
      try {
        const sent = await send.mutateAsync({ certificate, printer, copies });
        const said = printers.find((each) => each.name === sent.printer)?.said ?? sent.printer;
        tell(t("certificates.sent", { printer: said, count: sent.copies }));
        return null;
      } catch (refused) {
        return refused as Refused;
      }
    },
  };
}
