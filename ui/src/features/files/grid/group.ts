import type { Certificate, FileRow } from "../types";

/** What stands in the tab: a file, or a certificate of the clinic's own. */
export type Paper = { id: string; day: string | null } & ({ file: FileRow } | { certificate: Certificate });

/** The papers of one day; those of no known day together. */
export interface PaperDay {
  day: string | null;
  papers: Paper[];
}

/**
 * Files and certificates together, latest first and what has no day last. While more files wait to be fetched, a certificate older than the last
 * of those that came waits with them.
 */
export function papersOf(
  files: readonly FileRow[],
  certificates: readonly Certificate[],
  more: boolean,
): Paper[] {
  const last = more ? files.at(-1)?.day : undefined;
  const all: Paper[] = [
    ...files.map((file) => ({ id: file.id, day: file.day, file })),
    ...certificates
      .filter(({ day }) => last === undefined || last === null || day >= last)
      .map((certificate) => ({ id: certificate.id, day: certificate.day, certificate })),
  ];
  // Those of one day stay as they came, the files first.
  return all.sort((one, other) => (one.day === other.day ? 0 : (one.day ?? "") < (other.day ?? "") ? 1 : -1));
}

/** The same under their days. */
export function byDay(papers: readonly Paper[]): PaperDay[] {
  const days: PaperDay[] = [];
  for (const paper of papers) {
    const last = days.at(-1);
    if (last?.day === paper.day) last.papers.push(paper);
    else days.push({ day: paper.day, papers: [paper] });
  }
  return days;
}
