/**
 * Seconds of typing by the keystroke-level model (Card, Moran and Newell 1980): half a second a strike, as for letters that make
 * no words, and 1.35 s of thought before each thing that is said. A key with those that are held down for it is one strike.
 */
export function seconds(strikes: string, thoughts: number): number {
  const held = strikes.replace(/\{[^{}]*>\}.*?\{\/[^{}]*\}/g, "#");
  return held.replace(/\{[^{}]*\}/g, "#").length * 0.5 + thoughts * 1.35;
}
