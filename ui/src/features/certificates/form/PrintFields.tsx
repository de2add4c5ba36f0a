import { useTranslation } from "react-i18next";
import { SelectField } from "../../../components/fields";
import { Beside } from "../../../components/Pane";
import type { Printing } from "./use-printing";

const MOST = 9;

/** Where it goes, and how many. */
export function PrintFields({ printing }: { printing: Printing }) {
  const { t } = useTranslation();
  const { printers, printer, copies } = printing;
  if (printing.known && printers.length === 0) return <p>{t("certificates.no_printers")}</p>;
  if (printers.length === 0) return null;
  return (
    <Beside>
      <SelectField
        label={t("certificates.printer")}
        name="printer"
        value={printer ?? ""}
        onChange={printing.choose}
        options={[
          ...printers.map(({ name, said }) => ({ value: name, label: said || name })),
          { value: "", label: t("certificates.no_printing") },
        ]}
      />
      <SelectField
        label={t("certificates.copies")}
        name="copies"
        value={String(copies)}
        onChange={(count) => printing.count(Number(count))}
        options={Array.from({ length: MOST }, (_, at) => ({
          value: String(at + 1),
          label: t("certificates.copy", { count: at + 1 }),
        }))}
      />
    </Beside>
  );
}
