import { CLAIM_WORDS } from "../../records/kinds";
import { attachment } from "./record/attachment";
import { consent } from "./record/consent";
import { procedure, tooth_exam, tooth_mark } from "./record/dental";
import { filled } from "./record/filled";
import { note } from "./record/note";

/** What the kinds of record are called: one, several where they are counted, and the letters before their rows. */
export const record = {
  ...CLAIM_WORDS,
  visit: { one: "Visit", many: "Visits", mark: "Vi" },
  note,
  addendum: { one: "Addition", many: "Additions", mark: "Ad" },
  observation: { one: "Measurement", many: "Measurements", mark: "Ob" },
  event: { one: "Event", many: "Procedures and reports", mark: "Ev" },
  consent,
  tooth_exam,
  tooth_mark,
  procedure,
  filled,
  attachment,
  certificate: { one: "Certificate", many: "Certificates", mark: "Ce" },
  patient: { one: "Patient" },
  template: { one: "Template" },
  snippet: { one: "Snippet" },
  note_set: { one: "Examination set" },
  number_block: { one: "Block of numbers" },
  calendar: { one: "Calendar" },
  code_pack: { one: "File of codes" },
  server: { one: "Server" },
  ticket: { one: "Ticket" },
  call: { one: "Call of a ticket" },
  import_run: { one: "Import of a list" },
  setting: { one: "Setting" },
  rehearsal: { one: "Trial of a backup" },
  issuer: { one: "Key to issue certificates with" },
  user: { one: "Person who works here" },
  clinic: { one: "Clinic" },
  site: { one: "Site" },
  workstation: { one: "Workstation" },
} as const;
