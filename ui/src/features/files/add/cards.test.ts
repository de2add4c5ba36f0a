import { expect, test } from "vitest";
import { Refused } from "../../../host/host";
import { looked } from "../../../testing/files";
import { cardsOf, detailsOf, saidOf, stateOf, without, type Card } from "./cards";
import type { Taken } from "./run";

const taken = (but: Partial<Taken> = {}): Taken => ({
  name: "scan.pdf",
  size: 1,
  type: "application/pdf",
  brought: "7",
  tray: false,
  refused: null,
  confirmed: false,
  ...but,
});
const card = (but: Partial<Taken> = {}, typed: Card["typed"] = {}): Card =>
  cardsOf([taken(but)], { files: { [but.name ?? "scan.pdf"]: typed } }, [])[0] as Card;
const asked = { data: looked(), error: null };

test("what was typed of a file that is gone still stands, and finds the file again by its name", () => {
  const values = { files: { "old.pdf": { title: "Blood count", brought: "3" }, "scan.pdf": { title: "X" } } };
  const cards = cardsOf([taken()], values, []);
  expect(cards.map(({ name, from }) => [name, from])).toEqual([
    ["scan.pdf", { brought: "7" }],
    ["old.pdf", { brought: "3" }],
  ]);
  expect(cards[0]?.typed.title).toBe("X");
  expect(cardsOf([taken()], values, ["old.pdf"]).map(({ name }) => name)).toEqual(["scan.pdf"]);
  expect(without(values, ["old.pdf"])).toEqual({ files: { "scan.pdf": { title: "X" } } });
});

test("what a file says of itself stands until somebody types, also where that is taken away", () => {
  const says = looked({ title: "Chest, PA", taken_on: "2026-11-24" });
  expect(saidOf(card({ type: "application/dicom" }), says)).toEqual({
    title: "Chest, PA",
    sort: "xray",
    taken_on: "2026-11-24",
    note: "",
  });
  expect(saidOf(card({}, { title: "", taken_on: "2026" }), says)).toMatchObject({
    title: "",
    taken_on: "2026",
  });
  expect(saidOf(card({ type: "image/jpeg" })).sort).toBe("photo");
  expect(saidOf(card()).sort).toBe("");
});

test("only a file that was looked at, and names nobody else or was confirmed, can be added", () => {
  expect(stateOf(card(), asked)).toBe("ready");
  expect(stateOf(card({ brought: null }), { data: undefined, error: null })).toBe("bringing");
  expect(stateOf(card(), { data: undefined, error: null })).toBe("bringing");
  const named = { data: looked({ differs: ["birth_date"] }), error: null };
  expect(stateOf(card(), named)).toBe("stopped");
  expect(stateOf(card({ confirmed: true }), named)).toBe("ready");
  expect(stateOf(card({ refused: new Refused("file_unfit") }), asked)).toBe("refused");
  expect(stateOf(card(), { data: undefined, error: new Refused("file_unfit") })).toBe("refused");
  expect(stateOf(card(), { data: undefined, error: new Refused("not_found") })).toBe("gone");
  const left = cardsOf([], { files: { "a.pdf": { title: "A" } } }, [])[0] as Card;
  expect(stateOf(left, { data: undefined, error: null })).toBe("gone");
});

test("a command is told what stands there, and nothing of what does not", () => {
  expect(detailsOf({ title: " Rash ", sort: "photo", taken_on: "", note: " " })).toEqual({
    title: "Rash",
    sort: "photo",
  });
});
