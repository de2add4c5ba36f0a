import { Refused } from "./host";

/** A larger file is no bundle of one clinic, and reading it would stop the computer. */
const LARGEST = 256 * 1024 * 1024;

/** The text of a file; refused where it is none. Letters that are not UTF-8 are never guessed at. */
export async function textOf(file: File): Promise<string> {
  if (file.size > LARGEST) throw unread("too_large");
  const bytes = await file.arrayBuffer().catch(() => {
    throw unread("gone");
  });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw unread("not_text");
  }
}

function unread(reason: string): Refused {
  return new Refused("file_refused", { place: "", reason });
}
