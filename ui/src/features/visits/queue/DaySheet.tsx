import { Button as MantineButton, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useHotkey } from "../../../components/hotkey";
import { KeyHint } from "../../../components/KeyHint";
import { useHost } from "../../../host/HostProvider";
import { useMay } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { useTelling } from "../../../records/use-telling";
import { QUEUE_KEYS } from "../keys";

/** The logbook of the day on paper or as a file, and blank forms for a morning without power. */
export function DaySheet() {
  const { t } = useTranslation();
  const host = useHost();
  const may = useMay("visit.edit");
  const print = useCommand("print_day_sheet");
  const save = useCommand("save_day_sheet");
  const blank = useCommand("print_encounter_form");
  const telling = useTelling();
  const onPrint = () =>
    telling(async () => {
      const { printer } = await print.mutateAsync({ printer: null });
      return t("queue.day_printed", { printer });
    });
  const onSave = () =>
    telling(async () => {
      const place = await host.choosePlace("day-sheet.pdf");
      if (place === null) return null;
      const { name } = await save.mutateAsync({ place });
      return t("queue.day_saved", { name });
    });
  const onBlank = () =>
    telling(async () => {
      const { printer } = await blank.mutateAsync({ printer: null, copies: 1 });
      return t("queue.form_printed", { printer });
    });
  // The key is about the queue: what is open over it has its own.
  useHotkey(QUEUE_KEYS.day, () => !document.querySelector("[role=dialog],[role=menu]") && onPrint(), may);
  if (!may) return null;
  return (
    <Menu position="bottom-end" returnFocus withInitialFocusPlaceholder={false} hideDetached={false}>
      <Menu.Target>
        <MantineButton
          type="button"
          variant="default"
          loading={print.isPending || save.isPending || blank.isPending}
          rightSection={<IconChevronDown size="0.875rem" stroke={1.8} aria-hidden="true" />}
        >
          {t("queue.papers")}
        </MantineButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onPrint} rightSection={<KeyHint combo={QUEUE_KEYS.day} />}>
          {t("queue.print_day")}
        </Menu.Item>
        <Menu.Item onClick={onSave}>{t("queue.save_day")}</Menu.Item>
        <Menu.Item onClick={onBlank}>{t("queue.print_form")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
