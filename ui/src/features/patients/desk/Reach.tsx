import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "../../../components/Card";
import { Tag } from "../../../components/Tag";
import type { Patient } from "../../../generated/Patient";
import { usePerson } from "../use-person";
import { spoken } from "../../../i18n/spoken";
import style from "./desk.module.css";

/** How to reach a person, whom to call for them, where they live and which numbers they have. */
export function Reach({ details, disputed }: { details: Patient; disputed: readonly string[] }) {
  const { t } = useTranslation();
  const { numberWord } = usePerson();
  const isDisputed = (path: string) =>
    disputed.some((field) => field === path || field.startsWith(`${path}/`));
  const word = (list: "purpose" | "place", name: string | undefined) =>
    name && spoken(t, `patients.${list}.${name}`, name);
  const contacts = Object.entries(details.contacts ?? {}).map(([id, { value, system, purpose }]) => ({
    id,
    name:
      system === "email" ? t("patients.part.email") : (word("purpose", purpose) ?? t("patients.part.phone")),
    said: value,
    disputed: isDisputed(`contacts/${id}`),
  }));
  const people = Object.entries(details.relations ?? {}).map(([id, { name, relation, phone }]) => ({
    id,
    name: relation ?? t("patients.part.relation"),
    said: [name, phone ?? t("patients.emergency.no_phone")].filter(Boolean).join(" · "),
    disputed: isDisputed(`relations/${id}`),
  }));
  const addresses = Object.entries(details.addresses ?? {}).map(
    ([id, { line, city, region, postcode, country, purpose }]) => ({
      id,
      name: word("place", purpose) ?? t("patients.section.addresses"),
      said: [line, city, region, postcode, country].filter(Boolean).join(", "),
      disputed: isDisputed(`addresses/${id}`),
    }),
  );
  const numbers = Object.entries(details.identifiers ?? {}).map(([id, { value, label, system }]) => ({
    id,
    name: numberWord(label ?? system ?? null),
    said: value,
    disputed: isDisputed(`identifiers/${id}`),
  }));
  return (
    <>
      <Facts title={t("patients.section.reach")} none={t("patients.desk.no_contact")} rows={contacts} />
      <Facts title={t("patients.section.people")} none={t("patients.emergency.none")} rows={people} />
      {addresses.length > 0 && <Facts title={t("patients.section.addresses")} rows={addresses} />}
      {numbers.length > 0 && <Facts title={t("patients.section.numbers")} rows={numbers} />}
    </>
  );
}

interface FactsProps {
  title: string;
  /** What is said where there is none. */
  none?: string;
  rows: readonly { id: string; name: ReactNode; said: ReactNode; disputed: boolean }[];
}

function Facts({ title, none, rows }: FactsProps) {
  const { t } = useTranslation();
  return (
    <Card title={title}>
      {rows.length === 0 && <p className={style["none"]}>{none}</p>}
      {rows.length > 0 && (
        <dl className={style["facts"]}>
          {rows.map(({ id, name, said, disputed }) => (
            <div key={id}>
              <dt>{name}</dt>
              <dd>
                <bdi>{said}</bdi> {disputed && <Tag kind="warn">{t("patients.disputed")}</Tag>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}
