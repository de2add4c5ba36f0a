import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SelectField, TextArea, TextField } from "../../../components/fields";
import { Beside } from "../../../components/Pane";
import { Segmented } from "../../../components/Segmented";
import { Tag } from "../../../components/Tag";
import type { Remark } from "../../../generated/Remark";
import { paperOf } from "../page/zoom";
import type { Days, Offered } from "../types";
import { useDays } from "../use-days";
import { DayField } from "./DayField";
import { daysLater } from "./read-day";
import { At } from "./At";
import { LensFields } from "./LensFields";
import { SlipFields } from "./SlipFields";
import { isSlip, isSpectacles, retemplated, verdictsOf, type AtVisit } from "./values";
import { typed, type Form } from "./use-form";
import style from "./Form.module.css";

interface FieldsProps {
  form: Form;
  offered: readonly Offered[];
  /** The site's day. */
  today: string;
  /** The days as the page will count them; null until they are known. */
  days: Days | null;
  /** What the visit says that a slip prints. */
  visit?: AtVisit | undefined;
  /** What there is to say about lenses. */
  remarks?: readonly Remark[];
  children?: ReactNode;
}

/** What a certificate says, each field marked with whether it will be read on paper. */
export function Fields({ form, offered, today, days, visit, remarks = [], children }: FieldsProps) {
  const { t } = useTranslation();
  const words = useDays();
  const { values, set, errors } = form;
  const chosen = offered.find(({ id }) => id === values.template);
  const slip = isSlip(chosen);
  const lenses = isSpectacles(chosen);
  const agreed = (["no", "yes"] as const).map((value) => ({
    value,
    label: t(`certificates.agreed.${value}`),
  }));
  const printed = <Tag kind="go">{t("certificates.printed")}</Tag>;
  const kept = <Tag>{t("certificates.kept")}</Tag>;
  const choose = (id: string) => {
    const next = offered.find((each) => each.id === id);
    if (next) set(retemplated(values, chosen, next, visit));
  };
  const about = [chosen?.details.form_code, language(chosen?.details.language)].filter(Boolean).join(" · ");
  const day = (name: "from" | "until" | "examined") => ({
    label: t(`certificates.field.${name}`),
    name,
    value: values[name],
    today,
    error: errors[name],
    unread: form.unread[name]?.text,
    onUnread: (now: Parameters<Form["onUnread"]>[1]) => form.onUnread(name, now),
  });
  const from = (first: string) => {
    // The stretch keeps its length when its first day moves. What is wrong with its last may be right by that.
    const isStretch = first && values.from && values.until && values.until >= values.from;
    const until = isStretch ? daysLater(values.until, distance(values.from, first)) : values.until;
    set({ from: first, until });
  };
  return (
    <div {...form.around} className={style["fields"]}>
      <At name="template">
        <SelectField
          label={t("certificates.field.template")}
          name="template"
          value={values.template}
          onChange={choose}
          options={offered.map(({ id, details }) => ({
            value: id,
            label: details.name ?? details.title ?? id,
          }))}
          hint={about}
          error={errors["template"]}
        />
      </At>
      {slip && <SlipFields form={form} verdicts={verdictsOf(chosen)} printed={printed} />}
      {lenses && <LensFields form={form} printed={printed} remarks={remarks} />}
      {!lenses && (
        <At name="verdict">
          <Segmented
            label={t("certificates.field.verdict")}
            mark={printed}
            value={values.verdict}
            onChange={(verdict) => set({ verdict })}
            options={verdictsOf(chosen).map((word) => ({
              value: word,
              label: t(`certificates.verdict.${word}`),
            }))}
            error={errors["verdict"]}
          />
        </At>
      )}
      <div>
        <Beside>
          {!lenses && (
            <At name="from">
              <DayField {...day("from")} mark={printed} onChange={from} />
            </At>
          )}
          <At name="until">
            <DayField
              {...day("until")}
              mark={printed}
              from={values.from}
              onChange={(until) => set({ until })}
            />
          </At>
        </Beside>
        {!lenses && (
          <p className={style["counted"]} role="status">
            {days ? words.counted(days) : t("certificates.day_hint")}
            {values.verdict === "not_fit" &&
              days?.return_day &&
              ` · ${t("certificates.returns", { day: words.written(days.return_day) })}`}
          </p>
        )}
        {days !== null && days.before_examination > 0 && (
          <p className={style["counted"]}>{t("certificates.account", { count: days.before_examination })}</p>
        )}
      </div>
      {values.verdict === "fit_with_limits" && (
        <At name="limits">
          <TextArea {...typed(t, form, "limits")} mark={printed} lines={1} />
        </At>
      )}
      <At name="reason">
        <TextArea {...typed(t, form, "reason")} mark={slip && values.reason_agreed ? printed : kept} />
      </At>
      {slip && (
        <At name="reason_agreed">
          <Segmented
            label={t("certificates.field.reason_agreed")}
            value={values.reason_agreed ? "yes" : "no"}
            onChange={(word) => set({ reason_agreed: word === "yes" })}
            options={agreed}
            error={errors["reason_agreed"]}
          />
        </At>
      )}
      <At name="recommendation">
        <TextArea {...typed(t, form, "recommendation")} mark={printed} />
      </At>
      {!slip && !lenses && (
        <>
          <At name="diagnosis">
            <TextField {...typed(t, form, "diagnosis")} mark={values.diagnosis_agreed ? printed : kept} />
          </At>
          <At name="diagnosis_agreed">
            <Segmented
              label={t("certificates.field.diagnosis_agreed")}
              value={values.diagnosis_agreed ? "yes" : "no"}
              onChange={(word) => set({ diagnosis_agreed: word === "yes" })}
              options={agreed}
              error={errors["diagnosis_agreed"]}
            />
          </At>
        </>
      )}
      <Beside>
        <At name="examined">
          <DayField {...day("examined")} mark={printed} onChange={(examined) => set({ examined })} />
        </At>
        <At name="paper">
          <SelectField
            label={t("certificates.field.paper")}
            name="paper"
            value={values.paper}
            onChange={(paper) => set({ paper: paperOf(paper) })}
            options={[
              { value: "a5", label: t("certificates.paper.a5") },
              { value: "a4", label: t("certificates.paper.a4") },
            ]}
            error={errors["paper"]}
          />
        </At>
      </Beside>
      <At name="addressee">
        <TextField {...typed(t, form, "addressee")} mark={printed} />
      </At>
      {children}
    </div>
  );
}

/** The template's language by its own name. */
function language(tag: string | undefined): string {
  if (!tag) return "";
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function distance(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
