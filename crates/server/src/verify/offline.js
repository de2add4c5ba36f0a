"use strict";
// Checks the code of a certificate with what this file holds and the browser's own cryptography.
// docs/formats/certificate-code.md says what is checked and why every other writing is refused.

const PREFIX = "CD1:";
const LONGEST = 4296;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
/** The order of P-256, halved: of s and order - s the smaller is written. */
const HALF = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n >> 1n;
/** Clocks differ: a day, in seconds. */
const SLACK = 86400;
/** How far a workstation's clock may be behind its log's, in seconds. */
const TOLD = 600;

/** What is thrown for a text that is no certificate. */
class NotGenuine extends Error {}

function need(holds) {
  if (!holds) throw new NotGenuine();
}

/** RFC 9285; every text of the same bytes but one is refused. */
function base45(text) {
  need(text.length % 3 !== 1);
  const bytes = [];
  for (let at = 0; at < text.length; at += 3) {
    const signs = [...text.slice(at, at + 3)].map((sign) => ALPHABET.indexOf(sign));
    need(signs.every((sign) => sign >= 0));
    const value = signs[0] + 45 * signs[1] + 2025 * (signs[2] ?? 0);
    need(value < (signs.length === 3 ? 65536 : 256));
    if (signs.length === 3) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return Uint8Array.from(bytes);
}

/** Reads deterministic CBOR (RFC 8949, 4.2.1): the shortest form of each length, and no other. */
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  head(major) {
    need(this.at < this.bytes.length);
    const first = this.bytes[this.at++];
    need(first >> 5 === major);
    const low = first & 31;
    if (low < 24) return low;
    need(low < 28);
    const size = 1 << (low - 24);
    need(this.at + size <= this.bytes.length);
    let value = 0n;
    for (const byte of this.bytes.subarray(this.at, this.at + size)) value = (value << 8n) | BigInt(byte);
    this.at += size;
    need(value >= (size === 1 ? 24n : 1n << BigInt(4 * size)));
    need(value <= BigInt(Number.MAX_SAFE_INTEGER));
    return Number(value);
  }
  whole() {
    need(this.at < this.bytes.length);
    return this.bytes[this.at] >> 5 === 1 ? -1 - this.head(1) : this.head(0);
  }
  take(length) {
    need(this.at + length <= this.bytes.length);
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
  sequence(length) {
    const bytes = this.take(this.head(2));
    need(length === undefined || bytes.length === length);
    return bytes;
  }
  text() {
    return utf8(this.take(this.head(3)));
  }
  end() {
    need(this.at === this.bytes.length);
  }
}

function utf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new NotGenuine();
  }
}

/** A date as exactly as it is known: 1999-07-14, 1999-07, 1999, with ~ before it when estimated. */
function day(text) {
  const parts = /^~?(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  need(parts);
  const [year, month, date] = [parts[1], parts[2] ?? "01", parts[3] ?? "01"].map(Number);
  need(month >= 1 && month <= 12 && date >= 1 && date <= daysIn(year, month));
  return text;
}

function daysIn(year, month) {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
}

/** The last day that a date can mean, as 1999-07-14. */
function latest(text) {
  const [year, month = "12", date] = text.replace("~", "").split("-");
  return `${year}-${month}-${date ?? String(daysIn(Number(year), Number(month))).padStart(2, "0")}`;
}

function claimsOf(payload) {
  const reader = new Reader(payload);
  const claims = {};
  need(reader.head(5) === 5);
  need(reader.whole() === 1);
  claims.issuer = reader.text();
  need(reader.whole() === 2);
  claims.name = reader.text();
  need(reader.whole() === 6);
  claims.issuedAt = reader.whole();
  need(reader.whole() === 7);
  claims.number = utf8(reader.sequence());
  need(reader.whole() === -65537);
  const members = {
    1: ["born", () => day(reader.text())],
    2: ["identifier", () => reader.text()],
    3: ["verdict", () => reader.text()],
    4: ["from", () => day(reader.text())],
    5: ["until", () => day(reader.text())],
    6: ["signer", () => reader.text()],
    7: ["licence", () => reader.text()],
    8: ["digest", () => reader.sequence(32)],
    9: ["kind", () => reader.text()],
  };
  let last = 0;
  for (let left = reader.head(5); left > 0; left -= 1) {
    const key = reader.whole();
    need(key > last && key in members);
    last = key;
    const [name, read] = members[key];
    claims[name] = read();
  }
  reader.end();
  need(["fit", "fit_with_limits", "not_fit", "prescribed"].includes(claims.verdict));
  need(claims.signer !== undefined && claims.digest !== undefined && claims.kind !== undefined);
  return claims;
}

function parted(text) {
  need(text.length <= LONGEST && text.startsWith(PREFIX));
  const reader = new Reader(base45(text.slice(PREFIX.length)));
  need(reader.head(6) === 18 && reader.head(4) === 4);
  const header = reader.sequence();
  need(reader.head(5) === 0);
  const payload = reader.sequence();
  const signature = reader.sequence(64);
  reader.end();
  const inner = new Reader(header);
  need(inner.head(5) === 2 && inner.whole() === 1 && inner.whole() === -7 && inner.whole() === 4);
  const kid = inner.sequence(8);
  inner.end();
  need(BigInt(`0x${hex(signature.subarray(32))}`) <= HALF);
  return { header, payload, signature, kid: hex(kid), claims: claimsOf(payload) };
}

function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytesOf(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function head(major, length) {
  const low = length < 24 ? [length] : length < 256 ? [24, length] : [25, length >> 8, length & 255];
  return [(major << 5) | low[0], ...low.slice(1)];
}

/** The Sig_structure of RFC 9052, 4.4. */
function toBeSigned({ header, payload }) {
  const context = new TextEncoder().encode("Signature1");
  return Uint8Array.from([
    ...head(4, 4), ...head(3, context.length), ...context, ...head(2, header.length), ...header,
    ...head(2, 0), ...head(2, payload.length), ...payload,
  ]);
}

async function signs(key, message) {
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const imported = await crypto.subtle.importKey("raw", bytesOf(key), algorithm, false, ["verify"]);
  const how = { name: "ECDSA", hash: "SHA-256" };
  return crypto.subtle.verify(how, imported, message.signature, toBeSigned(message));
}

const SIGNS = "0123456789ACDEFGHJKMNPQRTUVWXYZ";
const ALIKE = { O: "0", I: "1", L: "1", S: "5", B: "8" };

/** Whether the printed number is one of those that begin with `block`: its check sign fits. */
function gives(block, number) {
  const parts = number.startsWith(`${block}-`) ? number.slice(block.length + 1).split("-") : [];
  if (parts.length !== 3 || !/^\d\d$/.test(parts[0]) || !/^[A-Za-z0-9 -]*$/.test(number)) return false;
  const signs = [...number.toUpperCase()].filter((sign) => /[A-Z0-9]/.test(sign));
  const values = signs.map((sign) => SIGNS.indexOf(ALIKE[sign] ?? sign));
  return signs.length >= 10 && signs.length <= 30 && values.reduce((sum, value) => (sum * 3 + value) % 31, 0) === 0;
}

/** The state of each code that the records held, by the beginning of its digest. */
function papersOf(held) {
  const papers = new Map();
  for (const [state, digests] of Object.entries(held)) {
    const bytes = Uint8Array.from(atob(digests), (sign) => sign.charCodeAt(0));
    for (let at = 0; at < bytes.length; at += 12) papers.set(hex(bytes.subarray(at, at + 12)), state);
  }
  return papers;
}

async function stateOf(bytes, papers) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return papers.get(hex(new Uint8Array(digest).subarray(0, 12)));
}

/** Whether a code that no record holds may be one of this key's. */
function maySay(key, claims, names, now) {
  const numbered = key.block === null || gives(key.block, claims.number);
  const named = names.length === 0 || names.includes(claims.issuer);
  return numbered && named && claims.issuedAt <= now + SLACK;
}

/** What is said of `text` on the day `today`, at `now` in seconds, by what the file holds: an outcome and what was signed. */
async function verify(text, { keys, names, papers }, today, now) {
  let message;
  try {
    message = parted(text);
  } catch (fault) {
    if (fault instanceof NotGenuine) return { outcome: "not_genuine" };
    throw fault;
  }
  const { claims } = message;
  const known = keys.filter((key) => key.kid === message.kid);
  if (known.length === 0) return { outcome: "unknown_issuer" };
  const state = await stateOf(new TextEncoder().encode(text), papers);
  for (const key of known) {
    if (!(await signs(key.key, message)) || key.since > claims.issuedAt + SLACK) continue;
    if (state === "issued") {
      const over = claims.until !== undefined && latest(claims.until) < today;
      return { outcome: over ? "expired" : "genuine", claims };
    }
    if (state !== undefined) return { outcome: state, claims };
    const told = key.block !== null && key.told !== null && key.told > claims.issuedAt + TOLD;
    if (key.ended || told || !maySay(key, claims, names, now)) return { outcome: "not_genuine" };
    return { outcome: "unrecorded", claims };
  }
  return { outcome: "not_genuine" };
}

function asRead(text) {
  return [...text.replace(/^\ufeff/, "").trim()].filter((sign) => !/\p{Cc}/u.test(sign)).join("");
}

const TONES = {
  expired: "care", unrecorded: "care", unknown_issuer: "care", file_unknown: "care", revoked: "bad", superseded: "bad", not_genuine: "bad",
};
const HOLDS = ["genuine", "expired", "file_issued"];
const ICONS = { care: "M12 7.5v5.5M12 16.4v.1", bad: "m8.5 8.5 7 7M15.5 8.5l-7 7", plain: "M12 11v5.5M12 7.6v.1" };

function shown(text) {
  const hidden = /[\u202a-\u202e\u2066-\u2069]/gu;
  return text.replace(hidden, (sign) => `U+${sign.codePointAt(0).toString(16).toUpperCase()}`);
}

function written(text, words) {
  const parts = text.replace("~", "").split("-").reverse();
  const month = (number) => words.months[Number(number) - 1];
  const plain =
    parts.length === 3 ? `${parts[0]}-${month(parts[1])}-${parts[2]}`
    : parts.length === 2 ? `${month(parts[0])}-${parts[1]}`
    : parts[0];
  return text.startsWith("~") ? `${words.about} ${plain}` : plain;
}

function start() {
  const held = JSON.parse(document.getElementById("held").textContent);
  const { words } = held;
  const known = { keys: held.keys, names: held.names, papers: papersOf(held.papers) };
  const files = papersOf(held.files);
  const find = (id) => document.getElementById(id);

  function show(outcome, claims) {
    const tone = TONES[outcome] ?? "plain";
    const [title, sentence] = words.outcomes[outcome];
    find("answer").className = `card ${tone}`;
    find("icon").setAttribute("d", ICONS[tone]);
    find("outcome").textContent = title;
    find("sentence").textContent = sentence;
    const told = claims !== undefined;
    find("revocation").hidden = !HOLDS.includes(outcome);
    find("revocation").textContent = words.revocation;
    find("compare").hidden = !told;
    find("compare").textContent = ["revoked", "superseded"].includes(outcome) ? words.signed : words.compare;
    const facts = find("facts");
    facts.hidden = !told;
    facts.replaceChildren();
    for (const [name, label] of told ? words.claims : []) {
      const value = valueOf(name, claims);
      if (value === undefined) continue;
      const row = document.createElement("div");
      const term = document.createElement("dt");
      const definition = document.createElement("dd");
      term.textContent = label;
      definition.textContent = shown(value);
      row.append(term, definition);
      facts.append(row);
    }
    find("answer").hidden = false;
    find("answer").scrollIntoView({ block: "nearest" });
  }

  function valueOf(name, claims) {
    const value = claims[name];
    if (name === "verdict") return words.verdicts[value];
    if (name === "issuedAt") return written(dayIn(new Date(value * 1000), held.zone), words);
    return ["born", "from", "until"].includes(name) && value !== undefined ? written(value, words) : value;
  }

  find("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (globalThis.crypto?.subtle === undefined) return show("no_cryptography");
    const text = asRead(find("text").value);
    if (!text.startsWith(PREFIX)) return show("no_code");
    const { outcome, claims } = await verify(text, known, dayIn(new Date(), held.zone), Date.now() / 1000);
    return show(outcome, claims);
  });

  // The same file may have changed since.
  find("file").addEventListener("click", () => { find("file").value = ""; });
  find("file").addEventListener("change", async () => {
    const [file] = find("file").files;
    if (file === undefined) return;
    if (globalThis.crypto?.subtle === undefined) return show("no_cryptography");
    const state = await stateOf(await file.arrayBuffer(), files);
    return show(state === "issued" ? "file_issued" : state ?? "file_unknown");
  });
}

/** The calendar day at the clinic. */
function dayIn(when, zone) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(when);
}

start();
