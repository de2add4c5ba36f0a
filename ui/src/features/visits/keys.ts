/** Keys that work in a chart: to the visit or its note, how far the visit is, to the vital signs. */
export const VISIT_KEYS = "alt+V";
export const STEP_KEYS = "alt+S";
export const MEASURE_KEYS = "alt+M";
