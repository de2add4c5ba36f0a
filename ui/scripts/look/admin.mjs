// The pictures of Admin: codes, the registrar's list, the clinic, and Sync and health.
import { Buffer } from "node:buffer";

const FILE = {
  name: "icd-10-2019-tabular-list-english.csv",
  mimeType: "text/csv",
  buffer: Buffer.from("code,name"),
};
const outcome = (name, words) => ({
  name: `list-${name}`,
  at: "/admin/list",
  case: "list-looked",
  tab: words,
});

export const ADMIN = [
  { name: "admin-codes", at: "/admin/codes", case: "admin-codes" },
  { name: "admin-codes-none", at: "/admin/codes", case: "admin-codes-none" },
  { name: "admin-codes-pane", at: "/admin/codes", case: "admin-codes", file: FILE },
  { name: "admin-codes-lacks", at: "/admin/codes", case: "admin-codes", file: FILE, keys: ["Control+Enter"] },
  { name: "admin-codes-uncoded", at: "/admin/codes", case: "admin-codes", press: "Show them" },
  { name: "list", at: "/admin/list", case: "list" },
  { name: "list-opened", at: "/admin/list", case: "list-opened" },
  { name: "list-looked", at: "/admin/list", case: "list-looked" },
  outcome("anothers-number", /^Another/),
  outcome("bad", /^Cannot/),
  outcome("changed", /^Changed/),
  outcome("left", /^Not on/),
  outcome("new", /^New/),
  outcome("returning", /^Returning/),
  { name: "list-take", at: "/admin/list", case: "list-looked", press: "Import 3,583 rows" },
  { name: "list-applying", at: "/admin/list", case: "list-applying", press: "Import 3,583 rows" },
  { name: "list-done", at: "/admin/list", case: "list-done" },
  { name: "admin-clinic", at: "/admin/clinic", case: "admin-clinic" },
  { name: "health-rejoin", at: "/admin/health", case: "rejoin" },
  { name: "health-rejoin-asked", at: "/admin/health", case: "rejoin", press: "Go on as a new installation…" },
  { name: "health-stranded", at: "/admin/health", case: "rejoin", scroll: "Never arrived" },
];
