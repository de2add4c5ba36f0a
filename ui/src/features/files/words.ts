import type { TFunction } from "i18next";
import type { en } from "../../i18n/en";
import type { FileRow, State } from "./types";

type Absence = keyof (typeof en)["files"]["absent"];

/** What kind of file it is, by its media type. */
export function typeWord(t: TFunction, type: string): string {
  if (type === "application/pdf") return t("files.type.pdf");
  if (type === "application/dicom") return t("files.type.dicom");
  return type.startsWith("image/") ? t("files.type.picture") : t("files.type.text");
}

/** Whether it is looked at on black, as at a light box. */
export function isDark({ sort, media_type }: Pick<FileRow, "sort" | "media_type">): boolean {
  return sort === "xray" || media_type === "application/dicom";
}

/** Why there is nothing to look at yet; null where the bytes are here. */
export function absence({ at, workstation }: State): Absence | null {
  if (at === "here") return null;
  return at === "elsewhere" && !workstation ? "nowhere" : at;
}

/** Where the bytes of a file are, in two or three words; null where they are here. */
export function stateWord(t: TFunction, state: State): string | null {
  const why = absence(state);
  return why && t(`files.state.${why}`, stateValues(state));
}

/** What the sentences about a state are filled in with. */
export function stateValues({ percent, workstation }: State) {
  return { percent: String(percent ?? 0), place: workstation ?? "" };
}
