// The pictures of the queue, the board, the examination by system, the codes, the banner and the snippets.
const AT = "/patients/01900000-0000-7000-8000-00000000a001";

export const CARE = [
  { name: "queue", at: "/queue", case: "line" },
  { name: "queue-called", at: "/queue", case: "line", keys: ["ArrowUp"] },
  { name: "queue-none", at: "/queue", case: "line-none" },
  { name: "board", at: "/display", case: "board" },
  { name: "board-none", at: "/display", case: "board-none" },
  { name: "board-cut", at: "/display", case: "board-cut" },
  { name: "exam", at: `${AT}?task=note v1`, case: "exam" },
  { name: "exam-normal", at: `${AT}?task=note v1`, case: "exam", keys: ["Tab", "Tab", "Tab", "Alt+n"] },
  { name: "exam-finding", at: `${AT}?task=note v1`, case: "exam-open" },
  { name: "exam-injury", at: `${AT}?task=note v1`, case: "exam-injury" },
  {
    name: "exam-wordless",
    at: `${AT}?task=note v1`,
    case: "exam",
    keys: ["Tab", "Tab", "Tab", "Tab", "a", "Control+Enter"],
  },
  { name: "codes-note", at: `${AT}?task=note v1`, case: "exam", keys: ["Alt+d", "tonsilitis ac", "wait"] },
  { name: "codes-problem", at: `${AT}?task=problem.add`, case: "codes", keys: ["tonsilitis ac", "wait"] },
  { name: "banner-laden", at: AT, case: "laden" },
  { name: "banner-laden-note", at: `${AT}?task=note v1`, case: "laden" },
  { name: "consent", at: `${AT}?task=consent`, case: "laden" },
  { name: "consent-errors", at: `${AT}?task=consent`, case: "laden", keys: ["Control+Enter"] },
  { name: "enrolment", at: `${AT}?task=enrolment.add`, case: "enrolled" },
  { name: "snippets", at: "/snippets", case: "snippets" },
  { name: "snippets-none", at: "/snippets", case: "snippets-none" },
  { name: "snippets-add", at: "/snippets", case: "snippets", press: "Write a snippet" },
];
