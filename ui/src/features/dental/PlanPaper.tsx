import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import type { RecordId } from "../../generated/RecordId";
import { useHost } from "../../host/HostProvider";
import { useCommand } from "../../host/use-command";
import { useTelling } from "../../records/use-telling";

/** The plan on paper, or as a file. */
export function PlanPaper({ patient, universal }: { patient: RecordId; universal: boolean }) {
  const { t } = useTranslation();
  const host = useHost();
  const print = useCommand("print_plan");
  const save = useCommand("save_plan");
  const telling = useTelling();
  const onPrint = () =>
    telling(async () => {
      const { printer } = await print.mutateAsync({ patient, printer: null, universal });
      return t("dental.printed", { printer });
    });
  const onSave = () =>
    telling(async () => {
      const place = await host.choosePlace("treatment-plan.pdf");
      if (place === null) return null;
      const { name } = await save.mutateAsync({ patient, place, universal });
      return t("dental.saved", { name });
    });
  return (
    <>
      <Button onClick={onPrint} loading={print.isPending}>
        {t("dental.print")}
      </Button>
      <Button onClick={onSave} loading={save.isPending}>
        {t("dental.save")}
      </Button>
    </>
  );
}
