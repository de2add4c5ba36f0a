import { Refused } from "./host";

/** A larger file is no list of one school and no list of codes. */
const LARGEST = 50 * 1024 * 1024;
/** So many bytes become text at once: a call takes no more arguments. */
const PIECE = 0x8000;

/** How workbooks begin: a ZIP, and an OLE file. */
const WORKBOOKS = [
  [0x50, 0x4b, 3, 4],
  [0xd0, 0xcf, 0x11, 0xe0],
];

/** Whether a file is a workbook by how it begins, whatever it is called. */
export async function isWorkbook(file: File): Promise<boolean> {
  const begins = new Uint8Array(
    await file
      .slice(0, 4)
      .arrayBuffer()
      .catch(() => new ArrayBuffer(0)),
  );
  return WORKBOOKS.some((signs) => signs.every((sign, at) => begins[at] === sign));
}

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
