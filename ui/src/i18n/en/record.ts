import { allergy } from "./record/allergy";
import { background } from "./record/background";
import { consent } from "./record/consent";
import { immunisation } from "./record/immunisation";
import { medicine } from "./record/medicine";
import { note } from "./record/note";
import { problem } from "./record/problem";

/** What the kinds of record are called: one, several where they are counted, and the letters before their rows. */
export const record = {
  allergy,
  problem,
  background,
  immunisation,
  medicine,
  visit: { one: "Visit", many: "Visits", mark: "Vi" },
  note,
  addendum: { one: "Addition", many: "Additions", mark: "Ad" },
  observation: { one: "Measurement", many: "Measurements", mark: "Ob" },
  event: { one: "Event", many: "Procedures and reports", mark: "Ev" },
  consent,
  certificate: { one: "Certificate", many: "Certificates", mark: "Ce" },
  patient: { one: "Patient" },
  template: { one: "Template" },
  snippet: { one: "Snippet" },
  number_block: { one: "Block of numbers" },
  calendar: { one: "Calendar" },
  server: { one: "Server" },
  issuer: { one: "Key to issue certificates with" },
  user: { one: "Person who works here" },
  clinic: { one: "Clinic" },
  site: { one: "Site" },
  workstation: { one: "Workstation" },
} as const;
