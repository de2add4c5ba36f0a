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

/** A diagnosis in one line, name first. */
export function diagnosisText({ name, code }: Diagnosis): string {
  return [name, code].filter(Boolean).join(" · ");
}
