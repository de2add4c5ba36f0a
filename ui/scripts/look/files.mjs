// The pictures of the documents of a chart.
const AT = "/patients/01900000-0000-7000-8000-00000000a001?tab=documents";
const SCAN = "01900000-0000-7000-8000-00000000f001";
const RASH = "01900000-0000-7000-8000-00000000f002";
const XRAY = "01900000-0000-7000-8000-00000000f003";

export const FILES = [
  { name: "files", at: AT, case: "files" },
  { name: "files-none", at: AT, case: "files-none" },
  { name: "files-add", at: `${AT}&task=attachment.add`, case: "files-add" },
  { name: "file", at: `${AT}&task=file ${RASH}`, case: "files" },
  { name: "file-two", at: `${AT}&task=file ${SCAN}`, case: "files", keys: ["c"] },
  { name: "file-elsewhere", at: `${AT}&task=file ${XRAY}`, case: "files" },
  { name: "file-edit", at: `${AT}&task=attachment.edit.${SCAN}`, case: "files" },
  { name: "file-move", at: `${AT}&task=attachment.move.${SCAN}`, case: "files", keys: ["Control+Enter"] },
];
