import { useTranslation } from "react-i18next";
import { Card } from "../../../components/Card";
import { EntryList, type PartSpec } from "./EntryList";
import type { DetailsTyping } from "./changes";
import { spoken } from "../../../i18n/spoken";
import style from "./register.module.css";

/** What a person may have several of: ways to reach them, numbers, people to call, addresses. */
export function Lists({ typing, disputed }: { typing: DetailsTyping; disputed: readonly string[] }) {
  const { t } = useTranslation();
  const choice = (list: "purpose" | "number" | "place", words: readonly string[]) =>
    words.map((value) => ({ value, label: spoken(t, `patients.${list}.${value}`, value) }));
  const other = (options: { value: string; label: string }[], value: unknown) =>
    // A word from elsewhere stays as it is rather than turning into one of ours.
    typeof value === "string" && !options.some((each) => each.value === value)
      ? [...options, { value, label: value || t("patients.not_said") }]
      : options;
  const purposes = choice("purpose", ["mobile", "home", "work"]);
  const numbers = choice("number", ["student", "employee", "national", "insurance", "other"]);
  const places = choice("place", ["present", "permanent"]);
  const part = (name: string, more: Partial<PartSpec> = {}): PartSpec => ({
    name,
    label: spoken(t, `patients.part.${name}`, name),
    ...more,
  });
  const common = { typing, disputed };
  return (
    <>
      <Card title={t("patients.section.reach")}>
        <div className={style["section"]}>
          <EntryList
            {...common}
            list="contacts"
            called={t("patients.called.contact")}
            parts={({ system, purpose }) =>
              system === "email"
                ? [part("value", { label: t("patients.part.email"), type: "email", wide: true })]
                : [
                    part("value", { label: t("patients.part.phone"), type: "tel" }),
                    part("purpose", { options: other(purposes, purpose ?? "") }),
                  ]
            }
            adds={[
              { label: t("patients.add_phone"), start: { system: "phone", value: "", purpose: "mobile" } },
              { label: t("patients.add_email"), start: { system: "email", value: "" } },
            ]}
          />
        </div>
      </Card>
      <Card title={t("patients.section.numbers")}>
        <div className={style["section"]}>
          <EntryList
            {...common}
            list="identifiers"
            called={t("patients.called.number")}
            parts={({ system }) => [
              part("system", { label: t("patients.part.kind"), options: other(numbers, system ?? "") }),
              part("value", { label: t("patients.part.number") }),
              part("label", { when: (entry) => entry["system"] === "other" }),
            ]}
            adds={[
              {
                label: t("patients.add_number"),
                start: { system: typing.values.category === "student" ? "student" : "national", value: "" },
              },
            ]}
          />
        </div>
      </Card>
      <Card title={t("patients.section.people")}>
        <div className={style["section"]}>
          <EntryList
            {...common}
            list="relations"
            called={t("patients.called.person")}
            parts={() => [
              part("name"),
              part("relation"),
              part("phone", { type: "tel" }),
              part("consents", { flag: true }),
            ]}
            adds={[{ label: t("patients.add_person"), start: { name: "", relation: "", phone: "" } }]}
          />
        </div>
      </Card>
      <Card title={t("patients.section.addresses")}>
        <div className={style["section"]}>
          <EntryList
            {...common}
            list="addresses"
            called={t("patients.called.address")}
            parts={({ purpose }) => [
              part("purpose", { label: t("patients.part.place"), options: other(places, purpose ?? "") }),
              part("line", { wide: true }),
              part("city"),
              part("region"),
              part("postcode"),
              part("country"),
            ]}
            adds={[{ label: t("patients.add_address"), start: { purpose: "present", line: "" } }]}
          />
        </div>
      </Card>
    </>
  );
}
