/** The parts of a person's name, as rows and records have them. */
export interface NameParts {
  family?: string | null;
  given?: string | null;
  middle?: string | null;
  title?: string | null;
}

/** The name as it is written above a chart: `MEJÍA, Gustavo Alberto (Mr)`; empty when none is known. */
export function writtenName({ family, given, middle, title }: NameParts): string {
  // The root locale: in a Turkish one "i" would become another letter.
  const names = [family?.toUpperCase(), [given, middle].filter(Boolean).join(" ")].filter(Boolean).join(", ");
  return title && names ? `${names} (${title.replace(/\.$/, "")})` : names;
}
