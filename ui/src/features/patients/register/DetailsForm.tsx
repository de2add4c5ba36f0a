import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "../../../components/Card";
import { DateField } from "../../../components/DateField";
import { CheckField, SelectField, TextField } from "../../../components/fields";
import { Beside } from "../../../components/Pane";
import { Segmented } from "../../../components/Segmented";
import { Tag } from "../../../components/Tag";
import { TextButton } from "../../../components/TextButton";
import type { Category } from "../../../generated/Category";
import type { Patient } from "../../../generated/Patient";
import type { Sex } from "../../../generated/Sex";
import { useZone } from "../../../host/session";
import { useClock } from "../../../i18n/use-clock";
import { Lists } from "./Lists";
import type { DetailsTyping } from "./changes";
import style from "./register.module.css";

interface DetailsFormProps {
  typing: DetailsTyping;
  /** The paths about which two people disagree. */
  disputed?: readonly string[];
  /** The names were taken over from what was typed to find the person, and may be the wrong way round. */
  guessed?: boolean;
  /** Stands behind the details. */
  children?: ReactNode;
}

/** The fields of a person that hold text. */
type TextName = Exclude<
  keyof Patient,
  | "identifiers"
  | "contacts"
  | "addresses"
  | "relations"
  | "no_known_allergies"
  | "deceased"
  | "inactive"
  | "sex"
  | "category"
  | "source"
  | "original"
  | "inactive"
>;

const SEXES: readonly Sex[] = ["female", "male", "other", "unknown"];
const CATEGORIES: readonly Category[] = ["student", "faculty", "staff", "dependant", "public"];
/** What is asked of whom. */
const BELONGS: Partial<Record<Category, readonly TextName[]>> = {
  student: ["school", "course", "year_level", "department"],
  faculty: ["school", "department"],
  staff: ["department"],
};
const BLOOD = ["A+", "A−", "B+", "B−", "AB+", "AB−", "O+", "O−"];

/** A person's details in one column: what must be known first, the rest behind it and in nobody's way. */
export function DetailsForm({ typing, disputed = [], guessed = false, children }: DetailsFormProps) {
  const { t } = useTranslation();
  const today = useClock(useZone()).day;
  const { values: details, set, errors } = typing;
  const mark = (path: string) =>
    disputed.includes(path) ? <Tag kind="warn">{t("patients.disputed")}</Tag> : undefined;
  const field = (name: TextName) => ({
    label: t(`patients.field.${name}`),
    name,
    value: details[name] ?? "",
    onChange: (value: string) => set({ [name]: value }),
    error: errors[name],
    mark: mark(name),
  });
  const text = (name: TextName) => <TextField {...field(name)} readOnly={typing.busy} autoComplete="off" />;
  const date = (name: "birth_date" | "died", tellAge: boolean) => (
    <DateField
      {...field(name)}
      today={today}
      readOnly={typing.busy}
      tellAge={tellAge}
      unread={typing.unread[name]?.text}
      onUnread={(now) => typing.onUnread(name, now)}
      {...(tellAge ? {} : { hint: t("patients.date_hint") })}
    />
  );
  const belongs = (["school", "course", "year_level", "department"] as const).filter(
    (name) => details[name] || (details.category && BELONGS[details.category]?.includes(name)),
  );
  const exchange = () => set({ family: details.given ?? "", given: details.family ?? "" });
  return (
    <div className={style["form"]}>
      <Card
        title={t("patients.section.who")}
        // Before the fields: Tab goes from the names to the birth date.
        action={
          guessed && details.given && <TextButton onClick={exchange}>{t("patients.exchange")}</TextButton>
        }
      >
        <div className={style["section"]}>
          <Beside>
            {text("family")}
            {text("given")}
          </Beside>
          {date("birth_date", true)}
          <Segmented
            label={t("patients.field.sex")}
            value={details.sex ?? ""}
            onChange={(sex) => set({ sex })}
            options={SEXES.map((value) => ({ value, label: t(`patients.sex.${value}`) }))}
            error={errors["sex"]}
            mark={mark("sex")}
          />
          <Beside>
            {text("middle")}
            {text("suffix")}
            {text("title")}
          </Beside>
        </div>
      </Card>
      <Card title={t("patients.section.belongs")}>
        <div className={style["section"]}>
          <Segmented
            label={t("patients.field.category")}
            value={details.category ?? ""}
            onChange={(category) => set({ category })}
            options={CATEGORIES.map((value) => ({ value, label: t(`patients.category.${value}`) }))}
            mark={mark("category")}
          />
          {belongs.length > 0 && (
            <Beside>
              {belongs.map((name) => (
                <div key={name}>{text(name)}</div>
              ))}
            </Beside>
          )}
        </div>
      </Card>
      <Lists typing={typing} disputed={disputed} />
      <Card title={t("patients.section.about")}>
        <div className={style["section"]}>
          <Beside>
            {text("known_as")}
            {text("latin")}
            {text("gender")}
          </Beside>
          <Beside>
            {text("civil_status")}
            {text("nationality")}
            {text("religion")}
          </Beside>
          <Beside>
            {text("language")}
            <SelectField
              {...field("blood_group")}
              options={bloodGroups(details.blood_group).map((value) => ({
                value,
                label: value || t("patients.not_known"),
              }))}
            />
            <div className={style["death"]}>
              {date("died", false)}
              {(!details.died || details.deceased) && (
                <CheckField
                  label={t("patients.field.deceased")}
                  value={details.deceased ?? false}
                  onChange={(deceased) => set({ deceased })}
                />
              )}
            </div>
          </Beside>
        </div>
      </Card>
      {children}
    </div>
  );
}

/** The groups to choose from; one from elsewhere that is written differently stays as it is. */
function bloodGroups(known: string | undefined): string[] {
  return known && !BLOOD.includes(known) ? ["", known, ...BLOOD] : ["", ...BLOOD];
}
