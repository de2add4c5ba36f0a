import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { TextField } from "../../components/fields";
import { RefusalNote } from "../../components/RefusalNote";
import { tell } from "../../components/tell";
import type { SettingRow } from "../../generated/SettingRow";
import { useMay } from "../../host/session";
import { useCommand, useQueryOf } from "../../host/use-command";
import { spoken } from "../../i18n/spoken";
import style from "./ClinicAndSites.module.css";

/** What the clinic may choose, each within its range; who may not choose sees none of it. */
export function SettingsCard() {
  const { t } = useTranslation();
  const may = useMay("setting.edit");
  const found = useQueryOf("settings", {}, { enabled: may });
  if (!may) return null;
  return (
    <Card title={t("clinic.settings.title")}>
      <div className={style["fields"]}>
        {found.error && <RefusalNote refused={found.error} onRetry={() => void found.refetch()} />}
        {found.data?.rows.map((row) => (
          <Setting key={row.name} row={row} />
        ))}
      </div>
    </Card>
  );
}

function Setting({ row }: { row: SettingRow }) {
  const { t } = useTranslation();
  const set = useCommand("set_setting");
  const [typed, setTyped] = useState<string | null>(null);
  // A newer one that has no words yet is called by its name.
  const of = `clinic.settings.of.${row.name.replace(".", "_")}`;
  const { least, most } = row;
  const chosen = row.chosen.find(({ level }) => level === "clinic");
  const nearer = row.chosen.find(({ level }) => level !== "clinic");
  const text = typed ?? chosen?.value ?? String(row.default);
  const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : NaN;
  const fits = value >= least && value <= most;
  const save = () =>
    set.mutate(
      { name: row.name, level: "clinic", value, version: chosen?.version ?? null },
      {
        onSuccess: () => {
          setTyped(null);
          tell(t("clinic.settings.saved"));
        },
      },
    );
  const hints = [
    spoken(t, `${of}.hint`, ""),
    t("clinic.settings.range", { least: String(least), most: String(most) }),
    nearer && t(`clinic.settings.nearer.${nearer.level as "site"}`, { value: nearer.value }),
  ];
  return (
    <>
      <TextField
        label={spoken(t, `${of}.label`, row.name)}
        hint={hints.filter(Boolean).join(" ")}
        value={text}
        onChange={setTyped}
        error={fits ? null : t("clinic.settings.wrong", { least: String(least), most: String(most) })}
        inputMode="numeric"
      />
      {set.error && <RefusalNote refused={set.error} />}
      {typed !== null && fits && value !== Number(chosen?.value ?? NaN) && (
        <Acts>
          <Button onClick={save} loading={set.isPending}>
            {t("clinic.settings.save")}
          </Button>
        </Acts>
      )}
    </>
  );
}
