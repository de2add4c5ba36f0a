import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { PrimaryButton } from "../../components/Button";
import { DoorForm } from "../../components/DoorForm";
import { DoorLayout } from "../../components/DoorLayout";
import { TextArea } from "../../components/fields";
import { RefusalNote } from "../../components/RefusalNote";
import { TextButton } from "../../components/TextButton";
import type { Door } from "../../generated/commands";
import { useCommand } from "../../host/use-command";
import style from "./SheetDoor.module.css";

interface SheetDoorProps {
  door: Door;
  /** Back to the people who may sign in, where there are any. */
  onBack?: () => void;
  /** Draws the way back from a backup: the sheet opens nothing where the records themselves are damaged. */
  restore: (onBack: () => void) => ReactNode;
}

/** The records are here and what opens their door is damaged: this computer's recovery sheet makes it again. */
export function SheetDoor({ door, onBack, restore }: SheetDoorProps) {
  const { t } = useTranslation();
  const page = useRef<HTMLFormElement>(null);
  const open = useCommand("open_by_sheet");
  const [sheet, setSheet] = useState("");
  const [fromBackup, setFromBackup] = useState(false);
  useEffect(() => page.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus(), [open.error]);
  const line = open.error?.code === "wrong_sheet" ? open.error.fields["line"] : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sheet.trim() && !open.isPending) open.mutate({ sheet }, { onSuccess: () => onBack?.() });
  };
  if (fromBackup) return restore(() => setFromBackup(false));
  return (
    <DoorLayout title={t("sheet_door.title")} clinic={door.clinic} site={door.site} size="long">
      <DoorForm
        ref={page}
        title={t("sheet_door.title")}
        intro={[t("sheet_door.note", { files: door.damaged.join(", ") }), t("sheet_door.what")]}
        onSubmit={submit}
      >
        {open.error && line === undefined && <RefusalNote refused={open.error} />}
        <div className={style["sheet"]}>
          <TextArea
            label={t("sheet_door.sheet")}
            hint={t("sheet_door.hint")}
            lines={5}
            value={sheet}
            onChange={setSheet}
            error={line === undefined ? null : t("sheet_door.wrong_line", { line: `${line}` })}
            required
            autoFocus
          />
        </div>
        <Acts at="between">
          {onBack && <TextButton onClick={onBack}>{t("door.other")}</TextButton>}
          <TextButton onClick={() => setFromBackup(true)}>{t("backups.at_door.becomes")}</TextButton>
          <PrimaryButton type="submit" loading={open.isPending} disabled={!sheet.trim()}>
            {t("sheet_door.act")}
          </PrimaryButton>
        </Acts>
      </DoorForm>
    </DoorLayout>
  );
}
