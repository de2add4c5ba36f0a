import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "../../../components/Card";
import type { Patient } from "../../../generated/Patient";
import { usePerson } from "../use-person";
import { spoken } from "../../../i18n/spoken";
import style from "./desk.module.css";

/** How to reach a person, whom to call for them, where they live and which numbers they have. */
export function Reach({ details }: { details: Patient }) {
  const { t } = useTranslation();
  const { numberWord } = usePerson();
  const word = (list: "purpose" | "place", name: string | undefined) =>
    name && spoken(t, `patients.${list}.${name}`, name);
  const contacts = Object.entries(details.contacts ?? {}).map(([id, { value, system, purpose }]) => ({
    id,
    name:
      system === "email" ? t("patients.part.email") : (word("purpose", purpose) ?? t("patients.part.phone")),
    said: value,
  }));
  const people = Object.entries(details.relations ?? {}).map(([id, { name, relation, phone }]) => ({
    id,
    name: relation ?? t("patients.part.relation"),
    said: [name, phone ?? t("patients.emergency.no_phone")].filter(Boolean).join(" · "),
  }));
  const addresses = Object.entries(details.addresses ?? {}).map(
    ([id, { line, city, region, postcode, country, purpose }]) => ({
      id,
      name: word("place", purpose) ?? t("patients.section.addresses"),
      said: [line, city, region, postcode, country].filter(Boolean).join(", "),
    }),
  );
  const numbers = Object.entries(details.identifiers ?? {}).map(([id, { value, label, system }]) => ({
    id,
    name: numberWord(label ?? system ?? null),
    said: value,
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
  rows: readonly { id: string; name: ReactNode; said: ReactNode }[];
}

function Facts({ title, none, rows }: FactsProps) {
  return (
    <Card title={title}>
      {rows.length === 0 && <p className={style["none"]}>{none}</p>}
      {rows.length > 0 && (
        <dl className={style["facts"]}>
          {rows.map(({ id, name, said }) => (
            <div key={id}>
              <dt>{name}</dt>
              <dd>
                <bdi>{said}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}
