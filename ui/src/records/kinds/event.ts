import { plainTerm } from "../../i18n/measured";
import { spoken } from "../../i18n/spoken";
import { known, lines, type LineOf, type Mark } from "../kind";

const MARKS: Record<string, Mark> = { procedure: "procedure", "care-plan": "plan", report: "report" };

export const event: LineOf<"event"> = ({ category = "", code, status, text, until }, { t, date }) => {
  const over = !status || ["completed", "final", "finished"].includes(status);
  const said = lines(text);
  const named = plainTerm(code);
  return {
    mark: MARKS[category] ?? "event",
    title: named || said[0] || category,
    small: [
      spoken(t, `patients.event.${category}`, t("patients.event.event")),
      until && t("patients.until", { date: date(until.slice(0, 10)) }),
      ...(named ? said : said.slice(1)),
    ],
    tag: over ? undefined : { kind: "plain", text: known(t, "event_status", status) },
  };
};
