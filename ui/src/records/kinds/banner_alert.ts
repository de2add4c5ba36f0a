import { plainWords } from "../../i18n/measured";
import { lines, type ClaimWords, type KindOf } from "../kind";

export const words = {
  one: "Alert for everyone",
  many: "Alerts for everyone",
  none: "No alert for everyone.",
  add: "Add an alert for everyone",
  withdraw: "Withdraw the alert",
  mark: "At",
  done: {
    add: "Recorded an alert for everyone",
    edit: "Changed an alert for everyone",
    void: "Withdrew an alert for everyone",
    one: "Opened an alert for everyone",
    many: "Listed alerts for everyone",
  },
  field: { text: "What everyone must know", act: "What to do", until: "Until", remarks: "Remarks" },
} as const satisfies ClaimWords;

export const kind: KindOf<"banner_alert"> = {
  many: "banner_alerts",
  form: [
    { name: "text", as: "text", required: true },
    { name: "act", as: "text" },
    { name: "until", as: "day" },
    { name: "remarks", as: "area" },
  ],
  line: ({ text = "", act, since, until, remarks }, { t, date }) => ({
    title: plainWords(text),
    small: [
      act,
      since && t("patients.since", { date: date(since) }),
      until && t("patients.until", { date: date(until) }),
      ...lines(remarks),
    ],
  }),
};
