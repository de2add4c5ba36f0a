import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { tell } from "../../../components/tell";
import type { AskOutcome } from "../../../generated/AskOutcome";
import { asRefused } from "../../../host/host";
import { useHost } from "../../../host/HostProvider";
import { useCommand } from "../../../host/use-command";
import { useMay } from "../../../host/session";
import { refusalLine } from "../../../i18n/refusal";

/** The outcome on paper, or as a file: the same drawing, with its tables. */
export function OutcomePaper({ of }: { of: AskOutcome }) {
  const { t } = useTranslation();
  const host = useHost();
  const print = useCommand("print_outcome");
  const save = useCommand("save_outcome");
  const maySave = useMay("file.export");
  const refused = (reason: unknown) => tell(refusalLine(t, asRefused(reason)));
  const onPrint = () =>
    void print
      .mutateAsync({ of, printer: null })
      .then(({ printer }) => tell(t("outcome.printed", { printer })), refused);
  const onSave = async () => {
    try {
      const place = await host.choosePlace("outcome.pdf");
      if (place === null) return;
      const { name } = await save.mutateAsync({ of, place });
      tell(t("outcome.saved", { name }));
    } catch (reason) {
      refused(reason);
    }
  };
  return (
    <>
      <Button onClick={onPrint} loading={print.isPending}>
        {t("outcome.print")}
      </Button>
      {maySave && (
        <Button onClick={() => void onSave()} loading={save.isPending}>
          {t("outcome.save")}
        </Button>
      )}
    </>
  );
}
