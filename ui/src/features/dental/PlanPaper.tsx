import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { tell } from "../../components/tell";
import type { RecordId } from "../../generated/RecordId";
import { asRefused } from "../../host/host";
import { useHost } from "../../host/HostProvider";
import { useCommand } from "../../host/use-command";
import { refusalLine } from "../../i18n/refusal";

/** The plan on paper, or as a file. */
export function PlanPaper({ patient, universal }: { patient: RecordId; universal: boolean }) {
  const { t } = useTranslation();
  const host = useHost();
  const print = useCommand("print_plan");
  const save = useCommand("save_plan");
  const refused = (reason: unknown) => tell(refusalLine(t, asRefused(reason)));
  const onPrint = () =>
    void print
      .mutateAsync({ patient, printer: null, universal })
      .then(({ printer }) => tell(t("dental.printed", { printer })), refused);
  const onSave = async () => {
    try {
      const place = await host.choosePlace("treatment-plan.pdf");
      if (place === null) return;
      const { name } = await save.mutateAsync({ patient, place, universal });
      tell(t("dental.saved", { name }));
    } catch (reason) {
      refused(reason);
    }
  };
  return (
    <>
      <Button onClick={onPrint} loading={print.isPending}>
        {t("dental.print")}
      </Button>
      <Button onClick={() => void onSave()} loading={save.isPending}>
        {t("dental.save")}
      </Button>
    </>
  );
}
