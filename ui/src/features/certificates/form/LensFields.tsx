import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SelectField, TextField } from "../../../components/fields";
import { Asking } from "../../../components/forms/Asking";
import { ChoiceBox } from "../../../components/forms/ChoiceBox";
import { ValueBox } from "../../../components/forms/ValueBox";
import { Beside } from "../../../components/Pane";
import type { LensesFor } from "../../../generated/LensesFor";
import type { Remark } from "../../../generated/Remark";
import { power, POWERS } from "../../../records/lens-said";
import { remarkSaid } from "../../../records/remark-said";
import { At } from "./At";
import { BASES, EYES, fieldOf, lensOf, NUMBERS, partOf, withPart, type Eye, type Part } from "./lens";
import { typed, type Form } from "./use-form";
import style from "./Lens.module.css";

/** What spectacles are for, the usual first. */
const FOR: readonly LensesFor[] = ["distance", "near", "reading", "bifocal", "progressive", "occupational"];
const PRISMS = [
  ["prism_h", "base_h"],
  ["prism_v", "base_v"],
] as const;

interface LensFieldsProps {
  form: Form;
  printed: ReactNode;
  /** What there is to say about the lenses as they stand. */
  remarks: readonly Remark[];
}

/** What spectacles are for, the lens of each eye, the right above the left, and how far the pupils are apart. */
export function LensFields({ form, printed, remarks }: LensFieldsProps) {
  const { t } = useTranslation();
  const id = useId();
  const { values, set, errors, busy } = form;
  const told = (at: string) => remarks.filter(({ path, weight }) => path === at && weight !== "to_sign");
  const said = (remark: Remark) => remarkSaid(t, remark);
  const place = (eye: Eye, part: Part) => ({
    name: `${eye}.${part}`,
    label: `${t(`certificates.eye.${eye}`)}, ${t(`certificates.lens.${part}`)}`,
    value: partOf(values[eye], part),
    onChange: (text: string) => set({ [eye]: withPart(values[eye], part, text) }),
    wrong: told(eye).some((remark) => remark.part === part && remark.weight !== "told"),
    told: told(eye).length > 0 ? `${id}${eye}` : undefined,
    readOnly: busy,
  });
  const number = (name: "pd" | "pd_near") => ({
    ...typed(t, form, name),
    mark: printed,
    hint: told(name).map(said).join(" "),
    inputMode: "decimal" as const,
    autoComplete: "off",
  });
  return (
    <>
      <At name="lenses_for">
        <SelectField
          label={t("certificates.field.lenses_for")}
          name="lenses_for"
          value={values.lenses_for}
          onChange={(chosen) => set({ lenses_for: FOR.find((each) => each === chosen) ?? "" })}
          options={[
            { value: "", label: t("certificates.not_chosen_yet") },
            ...FOR.map((value) => ({ value, label: t(`certificates.lenses_for.${value}`) })),
          ]}
          error={errors["lenses_for"]}
        />
      </At>
      <div className={style["lenses"]}>
        <div className={style["row"]} aria-hidden="true">
          <b />
          {NUMBERS.map((part) => (
            <span key={part}>{t(`certificates.lens.${part}`)}</span>
          ))}
        </div>
        {EYES.map((eye) => (
          <At key={eye} name={eye}>
            {lensOf(values[eye]).x ? (
              <p>
                {t(`certificates.eye.${eye}`)}: {t(`forms.absent.${lensOf(values[eye]).x ?? "not_tested"}`)}
              </p>
            ) : (
              <>
                <div className={style["row"]}>
                  <b aria-hidden="true">{t(`certificates.eye.${eye}`)}</b>
                  {NUMBERS.map((part) => (
                    <ValueBox
                      key={part}
                      {...place(eye, part)}
                      shown={POWERS.includes(part) ? power(partOf(values[eye], part)) : undefined}
                    />
                  ))}
                </div>
                <div className={style["row"]} data-of="prism">
                  <b />
                  {PRISMS.map(([prism, base]) => [
                    <ValueBox key={prism} {...place(eye, prism)} mark={t("certificates.lens.prism")} />,
                    <ChoiceBox
                      key={base}
                      {...place(eye, base)}
                      none="–"
                      options={BASES[base].map((value) => ({
                        value,
                        label: t(`certificates.base.${value}`),
                      }))}
                    />,
                  ])}
                  <ValueBox {...place(eye, "va")} words mark={t("certificates.lens.va")} />
                </div>
              </>
            )}
            {errors[eye] && <p role="alert">{errors[eye]}</p>}
            <span id={`${id}${eye}`}>
              {told(eye).map((remark) => (
                <Asking
                  key={`${remark.code} ${remark.part ?? ""}`}
                  id={`${id}${eye}${remark.code}`}
                  about={about(t(`certificates.eye.${eye}`), remark, (part) =>
                    t(`certificates.lens.${part}`),
                  )}
                  text={said(remark)}
                  ways={ways(remark)}
                />
              ))}
            </span>
          </At>
        ))}
      </div>
      <Beside>
        <At name="pd">
          <TextField {...number("pd")} />
        </At>
        <At name="pd_near">
          <TextField {...number("pd_near")} />
        </At>
      </Beside>
      {!values.refraction && (
        <At name="refraction">
          <p role={errors["refraction"] ? "alert" : undefined}>{t("certificates.no_refraction")}</p>
        </At>
      )}
    </>
  );

  function ways(remark: Remark) {
    const eye = EYES.find((each) => each === remark.path) ?? "right";
    const { offer } = remark;
    if (offer) {
      // How a lens was found is the refraction's to say.
      const parts = Object.entries(offer.p ?? {}).filter(([part]) => part !== "method");
      const onTake = () => set({ [eye]: fieldOf({ ...offer, p: Object.fromEntries(parts) }) });
      return [{ label: t("certificates.take_axis"), onTake }];
    }
    if (remark.weight !== "asked") return [];
    return [
      {
        label: t("certificates.meant"),
        onTake: () => set({ [eye]: fieldOf({ ...lensOf(values[eye]), ok: true }) }),
      },
    ];
  }
}

function about(eye: string, { part }: Remark, word: (part: Part) => string): string {
  return part && part !== "method" ? `${eye}, ${word(part as Part)}` : eye;
}
