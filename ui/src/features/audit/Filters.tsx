import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { CheckField, SelectField } from "../../components/fields";
import { DateField } from "../../components/DateField";
import { commandTags } from "../../generated/commands";
import type { AuditTrail } from "../../generated/AuditTrail";
import { useZone } from "../../host/session";
import { useStaff } from "../../host/use-staff";
import { useClock } from "../../i18n/use-clock";
import { actionWord } from "../../records/words";
import style from "./AuditTrail.module.css";

/** Which entries are asked for; empty words ask for all. */
export interface Search {
  user: string;
  patient: string | null;
  action: string;
  from: string;
  until: string;
  refused: boolean;
}

export const EVERYTHING: Search = {
  user: "",
  patient: null,
  action: "",
  from: "",
  until: "",
  refused: false,
};

/** The search as the records are asked it. */
export function asked({ user, patient, action, from, until, refused }: Search): AuditTrail {
  return {
    user: user || null,
    patient,
    before: null,
    ...(action ? { action } : {}),
    ...(from ? { from } : {}),
    ...(until ? { until } : {}),
    ...(refused ? { refused } : {}),
  };
}

interface FiltersProps {
  search: Search;
  onChange: (changed: Partial<Search>) => void;
}

/** Narrows the trail: whose work, what, when, and only what was refused. */
export function Filters({ search, onChange }: FiltersProps) {
  const { t } = useTranslation();
  const today = useClock(useZone()).day;
  const staff = useStaff();
  const people = (staff.rows ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const actions = Object.keys(commandTags)
    .map((value) => ({ value, label: actionWord(t, value) }))
    .sort((one, other) => one.label.localeCompare(other.label));
  const narrowed = JSON.stringify(search) !== JSON.stringify(EVERYTHING);
  return (
    <div className={style["search"]}>
      <SelectField
        label={t("trail.person")}
        value={search.user}
        options={[{ value: "", label: t("trail.anybody") }, ...people]}
        onChange={(user) => onChange({ user })}
      />
      <SelectField
        label={t("trail.did")}
        value={search.action}
        options={[{ value: "", label: t("trail.anything") }, ...actions]}
        onChange={(action) => onChange({ action })}
      />
      <DateField
        label={t("trail.from")}
        value={search.from}
        today={today}
        hint={t("trail.day_hint")}
        onChange={(from) => onChange({ from })}
      />
      <DateField
        label={t("trail.until")}
        value={search.until}
        today={today}
        hint={t("trail.day_hint")}
        onChange={(until) => onChange({ until })}
      />
      <CheckField
        label={t("trail.only_refused")}
        value={search.refused}
        onChange={(refused) => onChange({ refused })}
      />
      {narrowed && <Button onClick={() => onChange(EVERYTHING)}>{t("trail.all_patients")}</Button>}
    </div>
  );
}
