import type { Sign } from "../generated/Sign";
import type { VitalRow } from "../generated/VitalRow";
import type { VitalSigns } from "../generated/VitalSigns";
import type { VitalValue } from "../generated/VitalValue";

type Ends = [string | null, string | null];

function sign(
  name: Sign["name"],
  units: string[],
  places: number,
  possible: Ends,
  plausible: Ends,
  reference: Ends | null,
  critical: Ends | null = null,
): Sign {
  const band = ([low, high]: Ends) => ({ low, high });
  return {
    name,
    code: name,
    display: name,
    unit: units[0] ?? "",
    units,
    places,
    possible: band(possible),
    plausible: band(plausible),
    reference: reference && band(reference),
    critical: critical && band(critical),
    derived: name === "bmi",
    asked: name !== "bmi",
  };
}

/** The signs as the records give them for a grown-up. */
export const SIGNS: Sign[] = [
  sign("systolic", ["mmHg"], 0, ["20", "400"], ["60", "260"], ["90", "139"], ["80", "180"]),
  sign("diastolic", ["mmHg"], 0, ["0", "300"], ["30", "160"], ["60", "89"], ["40", "120"]),
  sign("temperature", ["°C", "°F"], 1, ["12", "47"], ["33", "42"], ["36.1", "38.0"], ["35", "40"]),
  sign("pulse", ["/min"], 0, ["0", "400"], ["30", "220"], ["51", "90"], ["40", "130"]),
  sign("respiration", ["/min"], 0, ["0", "150"], ["6", "60"], ["12", "20"], ["8", "25"]),
  sign("spo2", ["%"], 0, ["0", "100"], ["70", "100"], ["96", null], ["91", null]),
  sign("pain", ["/10"], 0, ["0", "10"], ["0", "10"], ["0", "3"]),
  sign("glucose", ["mg/dL", "mmol/L"], 0, ["1", "3000"], ["20", "600"], ["70", "180"], ["54", "250"]),
  sign("weight", ["kg", "lb", "g"], 1, ["0.2", "700"], ["28", "250"], null),
  sign("height", ["cm", "in", "m"], 1, ["15", "280"], ["120", "225"], null),
  sign("bmi", ["kg/m²"], 1, ["3", "300"], ["11", "80"], ["18.5", "24.9"]),
];

const UNITS = Object.fromEntries(SIGNS.map(({ name, unit }) => [name, unit]));

/** A value of a row. */
export function value(
  id: string,
  name: VitalValue["sign"],
  amount: string,
  level: VitalValue["level"] = "normal",
): VitalValue {
  return { id, version: 1, sign: name, value: amount, unit: UNITS[name] ?? "", level, confirmed: false };
}

/** What one hand took at one time. */
export function taken(at: string, values: VitalValue[], but: Partial<VitalRow> = {}): VitalRow {
  return {
    at,
    day: at.slice(0, 10),
    time: at.slice(11, 16),
    author: "Nurse Liza Cruz",
    imported: false,
    values,
    ...but,
  };
}

/** The vital signs of a person, latest first. */
export function vitalSigns(but: Partial<VitalSigns> = {}): VitalSigns {
  return {
    signs: SIGNS,
    shortened: false,
    rows: [
      taken("2026-11-22T10:14:00+08:00", [
        value("o1", "systolic", "148", "high"),
        value("o1", "diastolic", "92", "high"),
        value("o2", "temperature", "38.4", "high"),
        value("o3", "pulse", "96", "high"),
        value("o4", "respiration", "18"),
        value("o5", "spo2", "98"),
      ]),
      taken(
        "2026-09-03T14:05:00+08:00",
        [
          value("p1", "systolic", "128"),
          value("p1", "diastolic", "81"),
          value("p2", "temperature", "36.7"),
          value("p3", "pulse", "71"),
          value("p4", "weight", "71.5", "unknown"),
          value("p5", "height", "174", "unknown"),
          value("p6", "bmi", "23.6"),
        ],
        { author: "Dr Maria Reyes" },
      ),
      taken(
        "2025-06-18T09:30:00+08:00",
        [
          value("q1", "systolic", "182", "critical_high"),
          value("q1", "diastolic", "104", "high"),
          value("q3", "pulse", "102", "high"),
          value("q4", "weight", "74.2", "unknown"),
        ],
        { imported: true, author: "Maria Reyes" },
      ),
      taken("2024-06-11T08:50:00+08:00", [
        value("r1", "systolic", "121"),
        value("r1", "diastolic", "78"),
        value("r2", "temperature", "34.9", "critical_low"),
        value("r3", "pulse", "66"),
        value("r4", "weight", "73.0", "unknown"),
      ]),
    ],
    ...but,
  };
}
