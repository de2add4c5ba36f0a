import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button, PrimaryButton } from "../../components/Button";
import { Card } from "../../components/Card";
import { TextField } from "../../components/fields";
import { PickField } from "../../components/PickField";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { Tag } from "../../components/Tag";
import { Workspace } from "../../components/Workspace";
import type { ClinicView } from "../../generated/ClinicView";
import type { SiteRow } from "../../generated/SiteRow";
import type { Refused } from "../../host/host";
import { useCommand, useQueryOf } from "../../host/use-command";
import { SettingsCard } from "./SettingsCard";
import { useTexts } from "./use-texts";
import { timeThere, zones } from "./zones";
import style from "./ClinicAndSites.module.css";

const ZONES = zones();
/** A line of a letterhead is no longer. */
const LINE = 200;

/** What the clinic is called and where it is, as its papers say it, and the same of its sites. */
export function ClinicAndSites({ tabs }: { tabs?: ReactNode }) {
  const { t } = useTranslation();
  const found = useQueryOf("clinic_and_sites", {});
  return (
    <Workspace>
      {tabs}
      <Screen title={t("clinic.title")}>
        {found.error && <RefusalNote refused={found.error} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton lines={6} />}
        {found.data && <ClinicForm view={found.data} />}
        {found.data?.sites.map((site) => (
          <SiteForm key={site.id} site={site} />
        ))}
        <SettingsCard />
      </Screen>
    </Workspace>
  );
}

function ClinicForm({ view }: { view: ClinicView }) {
  const { t } = useTranslation();
  const edit = useCommand("edit_clinic");
  const form = useTexts(view, ["name", "services", "address", "contact"], ["name"]);
  const save = () => {
    const patch = form.changed();
    if (patch) edit.mutate({ id: view.id, version: form.version, patch }, { onSuccess: form.saved });
  };
  return (
    <Details title={t("clinic.clinic")} disputed={view.disputed} refused={edit.error}>
      <TextField
        {...form.text("name")}
        label={t("clinic.name")}
        hint={t("clinic.name_hint")}
        maxLength={LINE}
        required
      />
      <TextField
        {...form.text("services")}
        label={t("clinic.services")}
        hint={t("clinic.services_hint")}
        maxLength={LINE}
      />
      <TextField {...form.text("address")} label={t("clinic.address")} maxLength={LINE} />
      <TextField {...form.text("contact")} label={t("clinic.contact")} maxLength={LINE} />
      {form.may && (
        <Acts>
          <PrimaryButton shortcut="mod+Enter" onClick={save} loading={edit.isPending}>
            {t("clinic.save")}
          </PrimaryButton>
        </Acts>
      )}
    </Details>
  );
}

function SiteForm({ site }: { site: SiteRow }) {
  const { t } = useTranslation();
  const edit = useCommand("edit_site");
  const form = useTexts(site, ["name", "time_zone"], ["name", "time_zone"]);
  const save = () => {
    const patch = form.changed();
    if (patch) edit.mutate({ id: site.id, version: form.version, patch }, { onSuccess: form.saved });
  };
  const { readOnly, ...zone } = form.text("time_zone");
  return (
    <Details
      title={t(site.here ? "clinic.site_here" : "clinic.site", { code: site.code })}
      disputed={site.disputed}
      refused={edit.error}
    >
      <TextField {...form.text("name")} label={t("clinic.site_name")} maxLength={LINE} required />
      {readOnly ? (
        <TextField {...zone} label={t("clinic.zone")} readOnly />
      ) : (
        <PickField
          {...zone}
          label={t("clinic.zone")}
          hint={zone.value && t("found.zone_hint", { time: timeThere(zone.value) })}
          options={ZONES}
          nothing={t("found.zone_none")}
          required
        />
      )}
      <p className={style["note"]}>{t("clinic.zone_note")}</p>
      {form.may && (
        <Acts>
          <Button onClick={save} loading={edit.isPending}>
            {t("clinic.save_site")}
          </Button>
        </Acts>
      )}
    </Details>
  );
}

interface DetailsProps {
  title: string;
  /** The fields about which two people disagree. */
  disputed: readonly string[];
  refused: Refused | null;
  children: ReactNode;
}

function Details({ title, disputed, refused, children }: DetailsProps) {
  const { t } = useTranslation();
  return (
    <Card title={title} action={disputed.length > 0 && <Tag kind="warn">{t("patients.disputed")}</Tag>}>
      <div className={style["fields"]}>
        {children}
        {refused && <RefusalNote refused={refused} />}
      </div>
    </Card>
  );
}
