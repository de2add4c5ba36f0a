/** Keys of a mouth: all sound but for what is called, and found or planned. */
export const SOUND_KEYS = "alt+A";
export const PLANNED_KEYS = "alt+P";
