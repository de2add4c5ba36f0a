import type { Diagnosis } from "../../../generated/Diagnosis";

/** A code of ICD-10: a letter, two signs, and after a dot up to four more. */
const CHAPTER = "[A-TV-Z]\\d[0-9A-Z]";
const PART = "\\.[0-9A-Z]{1,4}";
/** With its dot a code is known anywhere at the end: without one only behind a mark, for "vitamin B12" is a name. */
const AT_END = new RegExp(
  `^(?<name>.*?)(?:\\s*[·,;(/–-]+\\s*(?<marked>${CHAPTER}(?:${PART})?)\\)?|\\s+(?<dotted>${CHAPTER}${PART}))$`,
  "i",
);
const DOTTED = new RegExp(`^${CHAPTER}${PART}$`, "i");

/** Reads a diagnosis that was typed in one line: its name, then its code. */
export function readDiagnosis(text: string): Pick<Diagnosis, "name" | "code"> {
  const typed = text.trim();
  if (DOTTED.test(typed)) return { code: typed.toUpperCase() };
  const found = AT_END.exec(typed)?.groups;
  const code = found?.["marked"] ?? found?.["dotted"];
  const name = found?.["name"]?.trim();
  if (!code || !name) return typed ? { name: typed } : {};
  return { name, code: code.toUpperCase() };
}

/** A name with its code as a list gave it. */
export type Taken = Pick<Diagnosis, "name" | "code" | "system" | "version">;

/** What was typed of a diagnosis; a code that a list gave keeps its system while its line stands as it was taken. */
export function saidOf(text: string, taken: Taken | undefined): Taken {
  return taken && text.trim() === diagnosisText(taken) ? taken : readDiagnosis(text);
}

/** A diagnosis in one line, name first. */
export function diagnosisText({ name, code }: Pick<Diagnosis, "name" | "code">): string {
  return [name, code].filter(Boolean).join(" · ");
}
