import { expect, test } from "vitest";
import type { Medicine } from "../generated/Medicine";
import { doseLine, spelt } from "./dose-line";

const words = { dose: "DOSE", asNeeded: "as needed" };
const line = (medicine: Medicine) =>
  doseLine(medicine, words)
    .map(({ text, strong }) => (strong ? `**${text}**` : text))
    .join("");

test("a full line has its parts in their order, generic and dose strong", () => {
  const medicine = {
    name: "salbutamol",
    brand: "Ventolin",
    strength: "100 mcg",
    form: "inhaler",
    dose: "2 puffs",
    route: "inhaled",
    frequency: "every 6 hours",
    as_needed: true,
  };
  expect(line(medicine)).toBe(
    "**salbutamol** VENTOLIN — 100 micrograms — inhaler — DOSE **2 puffs** — inhaled — every 6 hours as needed",
  );
});

test("what is not known leaves no gap", () => {
  expect(line({ name: "paracetamol", dose: ".5 g" })).toBe("**paracetamol** — DOSE **0.5 g**");
  expect(line({ code: { display: "Amoxicillin 250 MG Oral Tablet" } })).toBe(
    "**Amoxicillin 250 MG Oral Tablet**",
  );
  expect(line({ name: "cetirizine", as_needed: true })).toBe("**cetirizine** — as needed");
});

test.each([
  [".5 mg", "0.5 mg"],
  ["5.0 mg", "5 mg"],
  ["2.50 ml", "2.5 ml"],
  ["0.125 mg", "0.125 mg"],
  ["10 mg", "10 mg"],
  ["100 mcg", "100 micrograms"],
  ["100µg", "100 micrograms"],
  ["50 ng", "50 nanograms"],
  ["10 IU", "10 units"],
  ["10U", "10 units"],
  ["1 tablet", "1 tablet"],
  ["1.5 tablets", "1.5 tablets"],
  ["125 mg/5 ml", "125 mg/5 ml"],
])("%s is shown as %s", (written, shown) => {
  expect(spelt(written)).toBe(shown);
});
