import { known, type LineOf } from "../kind";

export const note: LineOf<"note"> = ({ diagnoses, concern, plan }, { t }) => {
  const found = Object.values(diagnoses ?? {}).sort(
    (one, other) => Number(other.primary ?? false) - Number(one.primary ?? false),
  );
  const [main, ...others] = found;
  if (!main) return { title: concern, small: [plan] };
  const certain = main.certainty && known(t, "certainty", main.certainty);
  return {
    mark: "diagnosis",
    title: main.name,
    code: main.code,
    small: [certain, ...others.map((each) => each.name), concern],
  };
};

/** Of an addition to a form what it says stands in its line. */
export const addendum: LineOf<"addendum"> = ({ document, text = "", reason }, { t }) => ({
  title: document ? t("record.addendum.one") : t("patients.addendum", { text }),
  small: [reason],
});
