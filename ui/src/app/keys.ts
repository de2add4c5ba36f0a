/** Keys that work on every screen of the desk. */
export const FIND_KEYS = "mod+K";
export const FIND_KEY = "/";
export const LOCK_KEYS = "mod+L";
export { MEASURE_KEYS, STEP_KEYS, VISIT_KEYS } from "../features/visits/keys";
export const HELP_KEYS = "?";
