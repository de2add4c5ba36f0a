import { useTranslation } from "react-i18next";
import { SelectField } from "../../components/fields";
import type { RestoreSource } from "../../generated/RestoreSource";

interface InstallationFieldProps {
  rows: readonly RestoreSource[];
  /** Empty while nobody said which is meant. */
  value: string;
  onChange: (installation: string) => void;
}

/** The computer whose backup is meant; what opens with the key that is here says so. */
export function InstallationField({ rows, value, onChange }: InstallationFieldProps) {
  const { t } = useTranslation();
  const options = rows.map(({ installation, own }) => ({
    value: installation,
    label: own ? t("backups.restore.own", { name: installation }) : installation,
  }));
  return (
    <SelectField
      label={t("backups.restore.installation")}
      value={value}
      options={value ? options : [{ value: "", label: t("backups.restore.installation_none") }, ...options]}
      onChange={onChange}
    />
  );
}
