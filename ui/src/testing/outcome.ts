import type { MeasureRow } from "../generated/MeasureRow";
import type { EyeOutcome } from "../generated/EyeOutcome";
import type { Handlers } from "../host/memory";

export function measureRow(but: Partial<MeasureRow> = {}): MeasureRow {
  return {
    record: "f1",
    entry: "iop:R:a",
    code: "eye.iop",
    side: "R",
    at: "2026-11-24T09:38:00+08:00",
    number: "27",
    unit: "mmHg",
    word: "goldmann",
    rank: null,
    flags: ["open"],
    ...but,
  };
}

export function outcomeOf(but: Partial<EyeOutcome> = {}): EyeOutcome {
  return {
    lenses: [
      { code: "eye.iop", title: "Pressure", count: 8 },
      { code: "eye.va.best", title: "Acuity, best corrected", count: 3 },
    ],
    code: "eye.iop",
    unit: "mmHg",
    all_years: 6,
    treatments: [
      { label: "latanoprost 50 micrograms/mL, at night", sort: "course" },
      { label: "Phaco + IOL", sort: "procedure" },
    ],
    about: "latanoprost 50 micrograms/mL, at night",
    rows: [
      {
        side: "R",
        record: "m1",
        start: "2021-03-30",
        before: { number: "27.0", count: 3, open: 0 },
        after: { number: "20.0", count: 1, open: 1 },
        change: "-7.0",
        not: [],
        left_out: [],
        between: ["timolol 5 mg/mL, twice daily"],
      },
      {
        side: "L",
        record: "m1",
        start: "2021-03-30",
        before: { number: "24.3", count: 3, open: 0 },
        after: null,
        change: null,
        not: ["none_after"],
        left_out: [
          {
            why: "off_chart",
            count: 6,
            rows: [measureRow({ side: "L", code: "eye.va.best", number: null, word: "CF", rank: 3 })],
          },
        ],
        between: [],
      },
    ],
    shortened: false,
    scene: {
      width: 7200,
      height: 4000,
      words: "Pressure over time. Right eye: 4 readings, the latest 20 mmHg.",
      items: [
        { draw: "band", ink: "usual", fill: "even", at: [440, 500], size: [6160, 700] },
        {
          draw: "line",
          ink: "reading",
          stroke: "whole",
          at: [
            [500, 600],
            [900, 700],
          ],
        },
        {
          draw: "marks",
          ink: "raised",
          shape: "up",
          at: [
            [500, 600],
            [900, 700],
          ],
        },
        { draw: "band", ink: "unsure", fill: "hatched", at: [440, 1500], size: [900, 150] },
        { draw: "text", ink: "title", at: [440, 120], anchor: "start", text: "Right" },
      ],
    },
    readings: 8,
    not_drawn: 0,
    ...but,
  };
}

/** The answers about the outcome of one patient. */
export const OUTCOME: Handlers = {
  outcome: () => outcomeOf(),
  measures: () => ({ codes: [], rows: [measureRow()], next: null }),
  eye_treatments: () => ({
    rows: [
      {
        record: "m1",
        sort: "course",
        label: "latanoprost 50 micrograms/mL, at night",
        side: "both",
        from: "2021-03-30",
        until: null,
        stopped: null,
      },
    ],
    next: null,
  }),
};
