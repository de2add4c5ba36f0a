/** The answers behind the pictures of the documents of a chart. */
import { writeTyping } from "../../src/forms/kept";
import type { Handlers } from "../../src/host/memory";
import { aFile, FILES, looked, RASH, ROWS, state } from "../../src/testing/files";
import { line } from "../../src/testing/papers";
import { person } from "../../src/testing/people";

/** A drawing as the address of a picture. */
const drawn = (width: number, height: number, body: string) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${body}</svg>`,
  )}`;
const LINES = [20, 38, 50, 62, 80, 92, 104].map(
  (y) => `<rect x="16" y="${y}" width="88" height="4" fill="#9fb0ba"/>`,
);
const PAPER = drawn(120, 160, `<rect width="120" height="160" fill="#fff"/>${LINES.join("")}`);
const SKIN = drawn(
  200,
  140,
  '<rect width="200" height="140" fill="#caa58c"/><circle cx="100" cy="70" r="9" fill="#b5695a"/><circle cx="122" cy="62" r="6" fill="#b5695a"/>',
);
const CHEST = drawn(
  200,
  200,
  '<rect width="200" height="200" fill="#0d1316"/><path d="M100 20v160M96 50c-40-6-56 12-60 40M104 50c40-6 56 12 60 40M96 90c-40-4-56 14-60 40M104 90c40-4 56 14 60 40" stroke="#aab8bf" stroke-width="5" fill="none"/>',
);

const rows = [
  aFile({ thumb: PAPER }),
  aFile({ ...ROWS[1], thumb: SKIN }),
  aFile({
    id: "f4",
    sort: "consent",
    title: "Consent, wisdom tooth",
    thumb: PAPER,
    pages: 1,
    author: "Ana Lim",
  }),
  aFile({
    id: "f5",
    sort: "referral",
    title: "Referral reply, ENT",
    thumb: null,
    pages: 1,
    state: state({ at: "coming", percent: 40 }),
  }),
  aFile({ ...ROWS[2], thumb: CHEST }),
  aFile({
    id: "f6",
    sort: "identity",
    title: "Student card of the year before last, both sides on one page",
    day: "2026-09-03",
    thumb: PAPER,
    twice: true,
  }),
];

const documents: Handlers = {
  ...FILES,
  files: () => ({
    rows,
    counts: { laboratory: 1, photo: 1, consent: 1, referral: 1, xray: 1, identity: 1 },
    next: null,
  }),
  file_pages: ({ file }) => ({
    pages: [
      file === RASH
        ? { picture: SKIN, width: 1000, height: 700 }
        : { picture: PAPER, width: 620, height: 877 },
    ],
    next: null,
    text: null,
    more: false,
  }),
  certificates_of: () => ({ rows: [line("c1", { status: "issued", number: "MAIN-02-26-00418-K" })] }),
  tray: () => ({
    folder: "scans",
    there: true,
    papers: [waiting("0001.pdf"), waiting("0002.pdf")],
    count: 3,
  }),
};

function waiting(name: string) {
  return {
    name,
    bytes: 180_000,
    at: "2026-11-22T10:12:00+08:00",
    media_type: "application/pdf",
    unfit: null,
  };
}

/** Two files that were left in the form: one that is ready, and one that names somebody else. */
const left = writeTyping({
  seen: { version: null },
  before: { files: {} },
  values: {
    files: {
      "IMG_2031.jpg": { brought: "1", title: "Rash, left forearm, second day", sort: "photo" },
      "0007.dcm": { brought: "2", title: "Chest, PA", sort: "xray" },
    },
  },
  unread: {},
});
const STOPPED = { family: "Mejia", given: "Gustavo R.", number: null, birth_date: "1989-07-14" };

export const FILE_CASES: Record<string, Handlers> = {
  files: documents,
  "files-none": { ...FILES, files: () => ({ rows: [], counts: {}, next: null }) },
  "files-add": {
    ...documents,
    scratches: () => ({
      rows: [
        {
          patient: person().id,
          subject: "attachment.add",
          text: left,
          at: Date.parse("2026-11-22T10:31:00+08:00"),
        },
      ],
    }),
    look_at_file: ({ file }) =>
      "brought" in file && file.brought === "2"
        ? looked({
            original_type: "application/dicom",
            original_bytes: 7_800_000,
            pages: null,
            taken_on: "2026-11-24",
            says: STOPPED,
            differs: ["birth_date"],
            thumb: CHEST,
          })
        : looked({
            original_type: "image/jpeg",
            original_bytes: 6_200_000,
            bytes: 6_100_000,
            pages: 1,
            taken_on: "2026-11-22",
            removed: ["location", "camera", "times"],
            thumb: SKIN,
          }),
  },
};
