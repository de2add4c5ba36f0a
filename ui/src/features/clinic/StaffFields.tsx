import { useTranslation } from "react-i18next";
import { DateField } from "../../components/DateField";
import { SelectField, TextField } from "../../components/fields";
import { Beside } from "../../components/Pane";
import { useQueryOf } from "../../host/use-command";
import type { DateTrouble } from "../../i18n/date-entry";
import type { UnreadDate } from "../../i18n/unread-dates";
import { isLicensed, ROLES } from "./roles";
import type { StaffForm, StaffTrouble, Unread } from "./staff-form";

interface StaffFieldsProps {
  form: StaffForm;
  set: (field: keyof StaffForm) => (value: string) => void;
  /** The sign-in name is given once, with the keys that carry it. */
  isNew: boolean;
  troubles: Partial<Record<keyof StaffForm, StaffTrouble>>;
  /** The days that are to be told as none. */
  unread: Unread;
  onTrouble: (field: keyof StaffForm, trouble: DateTrouble | null) => void;
}

/** The fields about a person who works here; a licence only where the role practises under one. */
export function StaffFields({ form, set, isNew, troubles, unread, onTrouble }: StaffFieldsProps) {
  const { t } = useTranslation();
  const today = useQueryOf("status", {}).data?.today ?? "9999-12-31";
  const field = (name: keyof StaffForm) => {
    const trouble = troubles[name];
    return { value: form[name], onChange: set(name), error: trouble && t(`staff.${trouble}`) };
  };
  const day = (name: keyof StaffForm) => {
    const trouble = unread[name];
    return {
      ...field(name),
      ...(trouble ? { error: t(`date.error.${trouble}`) } : {}),
      onUnread: (now: UnreadDate | null) => onTrouble(name, now?.trouble ?? null),
    };
  };
  const roles = [
    ...(form.role ? [] : [{ value: "", label: "" }]),
    ...ROLES.map((value) => ({ value, label: t(`role.${value}`) })),
  ];
  return (
    <>
      <TextField
        {...field("name")}
        label={t("staff.full_name")}
        hint={t("staff.full_name_hint")}
        autoComplete="off"
        required
        autoFocus={isNew}
      />
      {isNew && <TextField {...field("sign_in")} label={t("staff.sign_in")} autoComplete="off" required />}
      <SelectField
        {...field("role")}
        label={t("staff.role")}
        options={roles}
        hint={form.role && t(`staff.role_hint.${form.role}`)}
        required
      />
      <Beside>
        <TextField {...field("title")} label={t("staff.title_field")} autoComplete="off" />
        <TextField {...field("qualification")} label={t("staff.qualification")} autoComplete="off" />
      </Beside>
      <TextField
        {...field("position")}
        label={t("staff.position")}
        hint={t("staff.position_hint")}
        autoComplete="off"
      />
      {isLicensed(form.role) && (
        <Beside>
          <TextField {...field("licence")} label={t("staff.licence_number")} autoComplete="off" />
          <DateField
            {...day("licence_until")}
            label={t("staff.licence_until")}
            today={today}
            span="any"
            hint={t("date.day_hint")}
          />
        </Beside>
      )}
      {!isNew && (
        <DateField
          {...day("valid_until")}
          label={t("staff.valid_until")}
          today={today}
          span="any"
          hint={t("staff.valid_until_hint")}
        />
      )}
    </>
  );
}
