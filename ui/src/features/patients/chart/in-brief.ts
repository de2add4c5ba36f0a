import type { KnownAllergy } from "../../../generated/KnownAllergy";

/**
 * Allergies in `room` signs, the gravest first as they come. Reactions are given up before substances, those of
 * severe ones last; an allergy is left out only where the substances alone do not fit, and none is ever cut.
 */
export function inBrief(list: readonly KnownAllergy[], room: number): { shown: string[]; more: number } {
  const whole = ({ substance, reaction }: KnownAllergy) =>
    reaction ? `${substance} (${reaction})` : substance;
  const writings = [
    list.map(whole),
    list.map((allergy) => (allergy.severe ? whole(allergy) : allergy.substance)),
    list.map(({ substance }) => substance),
  ];
  const fitting = writings.find((shown) => length(shown) <= room);
  if (fitting) return { shown: fitting, more: 0 };
  const bare = writings.at(-1) ?? [];
  let count = 1;
  while (count < bare.length && length(bare.slice(0, count + 1)) <= room) count++;
  return { shown: bare.slice(0, count), more: Math.max(0, bare.length - count) };
}

function length(shown: readonly string[]): number {
  return [...shown.join(", ")].length;
}
