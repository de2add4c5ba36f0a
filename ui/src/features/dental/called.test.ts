import { expect, test } from "vitest";
import { teeth } from "../../testing/mouth";
import { foundBy, plannedBy, readCall, surfacesOf, writeCall, type Call, type Numbers } from "./called";

const all = teeth();
const read = (line: string, numbers: Numbers = "fdi") => readCall(line, all, numbers);
const said = (line: string, numbers: Numbers = "fdi") => {
  const { call, trouble } = read(line, numbers);
  return trouble ?? writeCall(call as Call, all, "fdi");
};

test.each([
  ["36 O 1", "36 O 1"],
  ["36o1", "36 O 1"],
  ["55 do 2", "55 OD 2"],
  ["11 i t", "11 O T"],
  ["11 I 1", "11 O 1"],
  ["38 i", "38 I"],
  ["36 O 1 d", "36 O 1 D"],
  ["26 fp 3", "26 BL 3"],
  ["46 4", "46 4"],
  ["36 7 c", "36 7 C"],
  ["52 s", "52 S"],
  ["+ 36 O 3", "+36 O 3"],
])("%s is %s", (typed, call) => {
  expect(said(typed)).toBe(call);
});

test.each([
  ["19 O 1", "tooth"],
  ["49 1", "tooth"],
  ["86 1", "tooth"],
  ["3", "tooth"],
  ["36", "code"],
  ["36 O", "code"],
  ["36 OO 1", "surfaces"],
  ["36 X 1", "surfaces"],
  ["36 I 1", "incisal"],
  ["45 mi 3", "incisal"],
  ["36 7", "why"],
  ["36 3 D", "code"],
  ["36 S", "shed"],
  ["+36 O 1", "plan"],
  ["+36 3", "fill"],
])("%s lacks its %s", (typed, trouble) => {
  expect(said(typed)).toBe(trouble);
});

test("in Universal numbers letters are teeth as the first word alone, and 55 is A", () => {
  expect(said("A od 2", "universal")).toBe("55 OD 2");
  expect(said("t t", "universal")).toBe("85 T");
  expect(said("19 o 1", "universal")).toBe("36 O 1");
  expect(said("33 1", "universal")).toBe("tooth");
});

test("a call is what is found, why, and how deep", () => {
  const found = (line: string) => foundBy(read(line).call as Call);
  expect(found("55 od 2 p")).toEqual([
    { tooth: "55", mark: "filled", surfaces: "OD" },
    { tooth: "55", mark: "caries", surfaces: "OD", depth: "pulp" },
  ]);
  expect(found("46 4")).toEqual([{ tooth: "46", mark: "missing", for_caries: true }]);
  expect(found("46 5")).toEqual([{ tooth: "46", mark: "missing", for_caries: false }]);
  expect(found("46 7 o")).toEqual([{ tooth: "46", mark: "crown", for_caries: false }]);
  expect([found("46 0"), found("46 8"), found("46 9"), found("+46 O 3")]).toEqual([[], [], [], []]);
});

test("what is planned is a treatment of the same tooth", () => {
  const planned = (line: string) => plannedBy(read(line).call as Call);
  expect(planned("+36 o 3")).toEqual({ treatment: "filling", surfaces: "O" });
  expect(planned("+36 4")).toEqual({ treatment: "extraction", surfaces: null, for_caries: true });
  expect(planned("36 o 3")).toBeNull();
});

test("while all is planned a line needs no plus, and is written with one", () => {
  const { call, trouble } = readCall("46 4", all, "fdi", true);
  expect([trouble, writeCall(call as Call, all, "fdi")]).toEqual([null, "+46 4"]);
});

test("surfaces stand in one order, each once", () => {
  expect([surfacesOf("lbdom"), surfacesOf(""), surfacesOf("io"), surfacesOf("q")]).toEqual([
    "MODBL",
    "",
    null,
    null,
  ]);
});
