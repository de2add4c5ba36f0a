/** Keys of a form: what nobody looked at is normal, the value of last time, and keep it to begin another reading. */
export const NORMAL_KEYS = "alt+N";
export const LAST_KEYS = "alt+ArrowDown";
export const ANOTHER_KEYS = "alt+R";
/** Takes what is offered at a place that was left, or says that it is meant. */
export const TAKE_KEYS = "alt+Enter";
