import { useTranslation } from "react-i18next";
import { TextButton } from "../../components/TextButton";
import { tell } from "../../components/tell";
import type { RecordId } from "../../generated/RecordId";
import { asRefused } from "../../host/host";
import { useHost } from "../../host/HostProvider";
import { useMay } from "../../host/session";
import { useCommand } from "../../host/use-command";
import { refusalLine } from "../../i18n/refusal";
import { codeOf, useSaid } from "./say";

interface FormPaperProps {
  patient: RecordId;
  form: string;
  /** The filled one; nothing for a blank sheet. */
  filled: RecordId | null;
}

/** A form on paper or as a file, and all forms of its name as a table. */
export function FormPaper({ patient, form, filled }: FormPaperProps) {
  const { t } = useTranslation();
  const host = useHost();
  const universal = useSaid().numbers === "universal";
  const mayExport = useMay("file.export");
  const print = useCommand("print_form");
  const save = useCommand("save_form_pdf");
  const table = useCommand("export_forms");
  const refused = (reason: unknown) => tell(refusalLine(t, asRefused(reason)));
  const onPrint = () =>
    void print
      .mutateAsync({ form, filled, universal, printer: null })
      .then(({ printer }) => tell(t("forms.paper.printed", { printer })), refused);
  const keep = async (file: string, send: (place: string) => Promise<{ name: string }>) => {
    try {
      const place = await host.choosePlace(file);
      if (place === null) return;
      const { name } = await send(place);
      tell(t("forms.paper.saved", { name }));
    } catch (reason) {
      refused(reason);
    }
  };
  const named = codeOf(form).replace(".", "-");
  const onSave = () => keep(`${named}.pdf`, (place) => save.mutateAsync({ form, filled, universal, place }));
  const onTable = () => keep(`${named}.csv`, (place) => table.mutateAsync({ patient, form, place }));
  return (
    <>
      <TextButton onClick={onPrint}>{t(filled ? "forms.paper.print" : "forms.paper.print_blank")}</TextButton>
      {filled && mayExport && (
        <>
          <TextButton onClick={() => void onSave()}>{t("forms.paper.save")}</TextButton>
          <TextButton onClick={() => void onTable()}>{t("forms.paper.table")}</TextButton>
        </>
      )}
    </>
  );
}
