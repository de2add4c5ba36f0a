/** Short words that are easy to say and to type; 128 of them, so that each is seven bits of chance. */
const WORDS = (
  "amber anchor apple arrow autumn badge bamboo basil basket beacon bell berry birch " +
  "blanket blue boat bottle branch brass bread bridge bright brook broom bucket butter " +
  "button cabin cactus camel candle canoe carpet castle cedar chalk cherry chimney clay " +
  "cliff clock cloud clover coast cobalt comet copper coral corner cotton cradle crane " +
  "crayon cricket crystal daisy dawn desert dolphin door dove dragon drum eagle earth " +
  "echo elbow elm ember engine fabric falcon feather fern ferry fiddle field finch " +
  "flag flute forest fountain fox garden garlic ginger glacier glass globe grape gravel " +
  "green guitar hammer harbor harvest hazel hedge heron hill honey horizon horse island " +
  "ivory jacket jasmine jungle kettle kite ladder lagoon lake lamp lantern laurel lemon " +
  "lilac lime lizard magnet mango maple marble market meadow melon mint"
).split(" ");

/** Of how many words a first password is: 35 bits, which is plenty for what is changed at the first sign-in. */
const COUNT = 5;

/** A first password to tell somebody, by the machine's own chance. */
export function suggestedPassword(): string {
  const chance = crypto.getRandomValues(new Uint8Array(COUNT));
  return Array.from(chance, (byte) => WORDS[byte % WORDS.length]).join(" ");
}
