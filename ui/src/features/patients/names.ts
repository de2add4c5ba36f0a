/** The parts of a person's name, as rows and records have them. */
export interface Named {
  family?: string | null;
  given?: string | null;
  middle?: string | null;
  title?: string | null;
}

/** The name as it is written above a chart: `MEJÍA, Gustavo Alberto (Mr)`; empty when none is known. */
export function writtenName({ family, given, middle, title }: Named): string {
  // The root locale: in a Turkish one "i" would become another letter.
  const names = [family?.toUpperCase(), [given, middle].filter(Boolean).join(" ")].filter(Boolean);
  return title && names.length > 0 ? `${names.join(", ")} (${title.replace(/\.$/, "")})` : names.join(", ");
}

/** The name as it is said, for initials: `Gustavo Mejía`. */
export function saidName({ family, given }: Named): string {
  return [given, family].filter(Boolean).join(" ");
}
