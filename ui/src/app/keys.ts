/** Keys that work on every screen of the desk. */
export const FIND_KEYS = "mod+K";
export const FIND_KEY = "/";
export const LOCK_KEYS = "mod+L";
export const HELP_KEYS = "?";
