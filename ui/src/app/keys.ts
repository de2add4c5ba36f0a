/** Keys that work on every screen of the desk. */
export const FIND_KEYS = "mod+K";
export const FIND_KEY = "/";
export const LOCK_KEYS = "mod+L";
export {
  MEASURE_KEYS,
  QUEUE_KEYS,
  SLIP_KEYS,
  STEP_KEYS,
  URGENT_KEYS,
  VISIT_KEYS,
} from "../features/visits/keys";
export { ANOTHER_KEYS, LAST_KEYS, NORMAL_KEYS } from "../features/forms/keys";
export { PLANNED_KEYS, SOUND_KEYS } from "../features/dental/keys";
export const HELP_KEYS = "?";
