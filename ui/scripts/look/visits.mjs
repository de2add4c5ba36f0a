// The pictures of the screens about visits and vital signs.
const AT = "/patients/01900000-0000-7000-8000-00000000a001";

export const VISITS = [
  { name: "visit-start", at: AT },
  { name: "visit-note-new", at: `${AT}?task=note v1`, case: "visit" },
  { name: "visit-note", at: `${AT}?task=note v1`, case: "visit-open" },
  { name: "visit-note-restored", at: `${AT}?task=note v1`, case: "visit-left" },
  { name: "visit-note-error", at: `${AT}?task=note v1`, case: "visit", keys: ["Control+Enter"] },
  { name: "visit-note-refused", at: `${AT}?task=note v1`, case: "visit-refused", keys: ["Control+Enter"] },
  { name: "visit-note-signed", at: `${AT}?task=note v1`, case: "visit-signed" },
  { name: "visit-addendum", at: `${AT}?task=addendum v1 n1`, case: "visit-signed", keys: ["Control+Enter"] },
  { name: "visit-steps", at: AT, case: "visit-arrived", keys: ["Alt+s"] },
  { name: "visit-change", at: `${AT}?task=visit v1`, case: "visit" },
  { name: "visits", at: `${AT}?tab=visits`, case: "visit" },
  { name: "visits-empty", at: `${AT}?tab=visits`, case: "empty" },
  { name: "vitals", at: `${AT}?tab=vitals`, case: "visit" },
  { name: "vitals-note", at: `${AT}?tab=vitals&task=note v1`, case: "visit-open" },
  { name: "vitals-asked", at: `${AT}?tab=vitals`, case: "visit", keys: ["148/92", "Enter", "48.2", "Enter"] },
  {
    name: "vitals-sure",
    at: `${AT}?tab=vitals`,
    case: "visit",
    keys: ["128/81", "Enter", "36.7", "Enter", "240", "Enter"],
  },
  { name: "vitals-kept", at: `${AT}?tab=vitals`, case: "visit", keys: ["148/92", "Control+Enter"] },
  { name: "vitals-empty", at: `${AT}?tab=vitals`, case: "vitals-empty" },
  { name: "vitals-withdraw", at: `${AT}?tab=vitals&task=vital o1`, case: "visit", keys: ["Control+Enter"] },
  { name: "visit-long", at: `${AT}?task=note v1`, case: "visit-long" },
  { name: "today-doctor", at: "/today", case: "visit" },
  { name: "today-nurse", at: "/today", case: "nurse" },
  { name: "today-nobody", at: "/today" },
];
