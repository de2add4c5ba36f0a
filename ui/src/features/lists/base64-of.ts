import { Refused } from "../../host/host";

/** A larger file is no list of one school. */
const LARGEST = 50 * 1024 * 1024;
/** So many bytes become text at once: a call takes no more arguments. */
const PIECE = 0x8000;

/** The bytes of a file as a command takes them. */
export async function base64Of(file: File): Promise<string> {
  const refused = (reason: string) => new Refused("file_refused", { place: "", reason });
  if (file.size > LARGEST) throw refused("too_large");
  const buffer = await file.arrayBuffer().catch(() => {
    throw refused("gone");
  });
  const bytes = new Uint8Array(buffer);
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  }
  return btoa(pieces.join(""));
}
