import type { FileLooked } from "../generated/FileLooked";
import type { FileRow } from "../generated/FileRow";
import type { FileState } from "../generated/FileState";
import type { FileView } from "../generated/FileView";
import type { Handlers } from "../host/memory";
import { person } from "./people";

/** A scan that is here, but for what is said otherwise. */
export const SCAN = "01900000-0000-7000-8000-00000000f001";
/** A photograph that is here. */
export const RASH = "01900000-0000-7000-8000-00000000f002";
/** An X-ray that is at another computer. */
export const XRAY = "01900000-0000-7000-8000-00000000f003";

/** A picture of one point, which stands for any. */
const DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";

/** Where the bytes of a file are, but for what is said otherwise. */
export function state(but: Partial<FileState> = {}): FileState {
  return { at: "here", percent: null, workstation: null, asked: false, ...but };
}

/** A file in the list of a chart, but for what is said otherwise. */
export function aFile(but: Partial<FileRow> = {}): FileRow {
  return {
    id: SCAN,
    version: 2,
    sort: "laboratory",
    title: "Complete blood count",
    day: "2026-11-22",
    filed: "2026-11-22T10:20:00+08:00",
    author: "Liza Cruz",
    media_type: "application/pdf",
    bytes: 84_000,
    pages: 2,
    thumb: DOT,
    state: state(),
    twice: false,
    reading: null,
    disputed: [],
    ...but,
  };
}

/** The same with all that is known of it, but for what is said otherwise. */
export function fileView(but: Partial<FileView> = {}): FileView {
  return {
    id: SCAN,
    version: 2,
    patient: person().id,
    details: { sort: "laboratory", title: "Complete blood count", taken_on: "2026-11-21", note: null },
    about: null,
    media_type: "application/pdf",
    bytes: 84_000,
    original_type: "application/pdf",
    original_bytes: 84_000,
    pages: 2,
    came_by: "file",
    removed: [],
    reduced: false,
    active: [],
    filed: "2026-11-22T10:20:00+08:00",
    author: "Liza Cruz",
    twice: [],
    moved: false,
    reading: null,
    state: state(),
    disputed: [],
    ...but,
  };
}

/** A file that was looked at before it is filed, but for what is said otherwise. */
export function looked(but: Partial<FileLooked> = {}): FileLooked {
  return {
    name: "scan.pdf",
    original_type: "application/pdf",
    original_bytes: 84_000,
    bytes: 84_000,
    pages: 2,
    removed: [],
    reduced: false,
    taken_on: null,
    title: null,
    active: [],
    says: null,
    differs: [],
    twice: null,
    thumb: null,
    ...but,
  };
}

/** The three files of the chart of the tests. */
export const ROWS: readonly FileRow[] = [
  aFile(),
  aFile({
    id: RASH,
    sort: "photo",
    title: "Rash, left forearm",
    author: "Maria Reyes",
    filed: "2026-11-22T10:31:00+08:00",
    media_type: "image/jpeg",
    pages: 1,
  }),
  aFile({
    id: XRAY,
    sort: "xray",
    title: "Chest, PA",
    day: "2026-09-03",
    filed: "2026-11-22T09:00:00+08:00",
    media_type: "application/dicom",
    pages: null,
    thumb: null,
    state: state({ at: "elsewhere", workstation: "Dental 2" }),
  }),
];

const VIEWS: Record<string, FileView> = {
  [SCAN]: fileView(),
  [RASH]: fileView({
    id: RASH,
    details: { sort: "photo", title: "Rash, left forearm", taken_on: "2026-11-22" },
    media_type: "image/jpeg",
    original_type: "image/jpeg",
    original_bytes: 6_200_000,
    bytes: 1_900_000,
    reduced: true,
    removed: ["location", "camera"],
    pages: 1,
  }),
  [XRAY]: fileView({
    id: XRAY,
    details: { sort: "xray", title: "Chest, PA", taken_on: "2026-09-03" },
    media_type: "application/dicom",
    pages: null,
    state: state({ at: "elsewhere", workstation: "Dental 2" }),
  }),
};

/** The answers about the files of a chart. */
export const FILES: Handlers = {
  files: ({ sort }) => ({
    rows: ROWS.filter((row) => sort === null || row.sort === sort),
    counts: { laboratory: 1, photo: 1, xray: 1 },
    next: null,
  }),
  file: ({ file }) => VIEWS[file] ?? fileView({ id: file }),
  file_pages: ({ from }) => ({
    pages: [{ picture: DOT, width: 620, height: 877 }],
    next: from === 1 ? 2 : null,
    text: null,
    more: false,
  }),
  look_at_file: () => looked(),
  tray: () => ({ folder: null, there: false, papers: [], count: 0 }),
};
