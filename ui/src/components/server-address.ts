/** How a server's address begins; who types only a name means this. */
export const PLAIN_ADDRESS = "https://";

/** The address as it is sent, `https://` before a bare name; null where there is none. */
export function address(typed: string): string | null {
  const text = typed.trim();
  const whole = /^https?:\/\//i.test(text) ? text : `${PLAIN_ADDRESS}${text}`;
  return URL.canParse(whole) && whole.length > PLAIN_ADDRESS.length ? whole : null;
}
