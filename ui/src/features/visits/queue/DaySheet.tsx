import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { tell } from "../../../components/tell";
import { asRefused } from "../../../host/host";
import { useHost } from "../../../host/HostProvider";
import { useMay } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { refusalLine } from "../../../i18n/refusal";
import { QUEUE_KEYS } from "../keys";

/** The logbook of the day on paper or as a file, and blank forms for a morning without power. */
export function DaySheet() {
  const { t } = useTranslation();
  const host = useHost();
  const may = useMay("visit.edit");
  const print = useCommand("print_day_sheet");
  const save = useCommand("save_day_sheet");
  const blank = useCommand("print_encounter_form");
  const refused = (reason: unknown) => tell(refusalLine(t, asRefused(reason)));
  const onPrint = () => {
    // The key is about the queue: what is open over it has its own.
    if (document.querySelector("[role=dialog]")) return;
    void print
      .mutateAsync({ printer: null })
      .then(({ printer }) => tell(t("queue.day_printed", { printer })), refused);
  };
  const onSave = async () => {
    try {
      const place = await host.choosePlace("day-sheet.pdf");
      if (place === null) return;
      const { name } = await save.mutateAsync({ place });
      tell(t("queue.day_saved", { name }));
    } catch (reason) {
      refused(reason);
    }
  };
  const onBlank = () =>
    void blank
      .mutateAsync({ printer: null, copies: 1 })
      .then(({ printer }) => tell(t("queue.form_printed", { printer })), refused);
  if (!may) return null;
  return (
    <>
      <Button shortcut={QUEUE_KEYS.day} onClick={onPrint} loading={print.isPending}>
        {t("queue.print_day")}
      </Button>
      <Button onClick={() => void onSave()} loading={save.isPending}>
        {t("queue.save_day")}
      </Button>
      <Button onClick={onBlank} loading={blank.isPending}>
        {t("queue.print_form")}
      </Button>
    </>
  );
}
