/** The privacy notice and a guardian's consent. */
export const consent = {
  title: "Consent",
  act: "Record",
  lacks: { privacy: "Privacy notice: not agreed", minors: "Guardian’s consent: not given" },
  unasked: { privacy: "Privacy notice: not asked yet", minors: "Guardian’s consent: not asked yet" },
  record: "Record a consent",
  about: "About",
  version: "Version of the text",
  version_hint: "As printed on the paper, such as 2026-01.",
  answer: "Answer",
  by: "Answered by",
  guardian: "Name of the guardian",
  guardian_hint: "They are under 18: the guardian agrees, and consents to their care.",
  said: "version {{text}}, {{answer}} by {{by}}",
  notice: "Privacy notice, version",
  notice_hint:
    "Fill this in if you hand over the notice now and they agree: the version printed on it, such as 2026-01.",
} as const;
