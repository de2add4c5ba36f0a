import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextArea } from "../../components/fields";
import { FormDialog } from "../../components/FormDialog";
import { RefusalNote } from "../../components/RefusalNote";
import { tell } from "../../components/tell";
import { TextButton } from "../../components/TextButton";
import { asRefused, type Refused } from "../../host/host";
import { useHost } from "../../host/HostProvider";
import { useCommand } from "../../host/use-command";
import { asked, type Search } from "./Filters";

/** Keeps the entries that are searched for as a table outside of the records, for a reason that the trail keeps. */
export function Export({ search }: { search: Search }) {
  const { t } = useTranslation();
  const host = useHost();
  const run = useCommand("export_trail");
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const close = () => {
    setOpened(false);
    setReason("");
    setMissing(false);
    setRefused(null);
  };
  const send = async () => {
    const place = await host.choosePlace("trail.csv");
    if (place === null) return;
    const { name, entries } = await run.mutateAsync({ search: asked(search), reason, place });
    close();
    tell(t("trail.exported", { count: entries, name }));
  };
  const act = () => {
    setRefused(null);
    setMissing(!reason.trim());
    if (reason.trim()) void send().catch((error: unknown) => setRefused(asRefused(error)));
  };
  return (
    <div>
      <TextButton onClick={() => setOpened(true)}>{t("trail.export")}</TextButton>
      <FormDialog
        opened={opened}
        title={t("trail.export_title")}
        act={t("trail.export_act")}
        onAct={act}
        onClose={close}
        busy={run.isPending}
      >
        <p>{t("trail.export_text")}</p>
        {refused && <RefusalNote refused={refused} />}
        <TextArea
          label={t("trail.export_why")}
          value={reason}
          onChange={setReason}
          error={missing ? t("reason.required") : null}
          required
          autoFocus
        />
      </FormDialog>
    </div>
  );
}
