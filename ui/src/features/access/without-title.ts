const TITLES = /^(dr|dra|prof|mr|mrs|ms|mx|sr|sra|engr|atty|rn|nurse)\.?\s+/i;

/** The name on a tile without the title before it, for its initials: tiles hold both in one text. */
export function withoutTitle(name: string): string {
  return name.replace(TITLES, "");
}
