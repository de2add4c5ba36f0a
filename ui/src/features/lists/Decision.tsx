import { useTranslation } from "react-i18next";
import { CompactSelect } from "../../components/CompactSelect";
import type { ListedPerson } from "../../generated/ListedPerson";
import type { RowChoice } from "../../generated/RowChoice";
import type { RowOutcome } from "../../generated/RowOutcome";
import { useDates } from "../../i18n/use-dates";
import { writtenName } from "../../i18n/written-name";
import type { Settle } from "./Outcomes";

interface DecisionProps {
  row: ListedPerson;
  outcome: RowOutcome;
  /** Nothing can be decided while the rows are taken in. */
  onSettle: Settle | null;
}

/** What can be decided of a row of each outcome beside what happens by itself. */
const CHOICES: { [outcome in RowOutcome]: readonly RowChoice[] } = {
  two_fit: ["person", "new"],
  anothers_number: ["person"],
  bad: [],
  changed: ["take", "keep", "leave"],
  left: ["leave"],
  new: ["leave"],
  returning: ["leave"],
};

/** What happens to a row, and what else could. */
export function Decision({ row, outcome, onSettle }: DecisionProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const choices = CHOICES[outcome];
  if (choices.length === 0) return t("lists.otherwise.bad");
  const decide = (value: string) => {
    const [choice, person] = value.split(" ");
    onSettle?.(row.row, (choice as RowChoice) || null, person ?? null);
  };
  return (
    <CompactSelect
      aria-label={t("lists.decision_of", { number: row.number ?? row.name })}
      disabled={onSettle === null}
      value={[row.choice, row.chosen].filter(Boolean).join(" ")}
      onChange={(event) => decide(event.currentTarget.value)}
    >
      <option value="">{t(`lists.otherwise.${outcome}`)}</option>
      {choices.map((choice) =>
        choice === "person" ? (
          row.candidates.map((person) => (
            <option key={person.id} value={`person ${person.id}`}>
              {t("lists.choice.person", {
                person: [writtenName(person), person.birth_date && date(person.birth_date), person.number]
                  .filter(Boolean)
                  .join(" · "),
              })}
            </option>
          ))
        ) : (
          <option key={choice} value={choice}>
            {t(outcome === "left" ? "lists.choice.stays" : `lists.choice.${choice}`)}
          </option>
        ),
      )}
    </CompactSelect>
  );
}
