/** Keys that work in a chart: to the visit or its note, how far the visit is, to the vital signs, more or less urgent, to the slip. */
export const VISIT_KEYS = "alt+V";
export const STEP_KEYS = "alt+S";
export const MEASURE_KEYS = "alt+M";
export const URGENT_KEYS = "alt+U";
export const SLIP_KEYS = "alt+L";

/** Keys of the queue. */
export const QUEUE_KEYS = {
  next: "Enter",
  call: "C",
  again: "B",
  move: "M",
  urgency: "U",
  left: "L",
  open: "O",
  day: "P",
} as const;
