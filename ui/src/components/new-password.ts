/** The least and the most characters of a password without a second factor (NIST SP 800-63B, 5.1.1.2). */
export const LEAST = 15;
export const MOST = 512;

/** What can be said of a password while it is typed; whether it can be guessed is weighed when it is sent. */
export type PasswordFault = "short" | "long" | "personal" | "guessable" | "same";

/** The characters of a password as they are counted: composed, so that one written in two keys is one. */
export function countCharacters(password: string): number {
  return [...password.normalize("NFKC")].length;
}

/**
 * The first fault that needs no estimate: its length, little left beside the words of `names` with four letters and
 * more, or too few different characters to be anything but a repetition.
 */
export function faultOf(password: string, names: readonly string[]): PasswordFault | null {
  const count = countCharacters(password);
  if (count < LEAST) return "short";
  if (count > MOST) return "long";
  const lower = password.normalize("NFKC").toLowerCase();
  const rest = names
    .flatMap((name) => name.split(/\s+/))
    .filter((word) => [...word].length >= 4)
    .reduce((left, word) => left.replaceAll(word.toLowerCase(), ""), lower);
  if (rest !== lower && [...rest].length < LEAST) return "personal";
  return new Set(lower).size < FEWEST_DIFFERENT ? "guessable" : null;
}

const FEWEST_DIFFERENT = 5;
