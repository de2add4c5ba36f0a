import { expect, test } from "vitest";
import { refusal } from "./import-flow.js";

const from = (file: string, source: string) => refusal(`/clinic/ui/src/${file}`, source);

test("a screen may use components, host and text", () => {
  for (const layer of ["components", "host", "i18n", "generated"]) {
    expect(from("features/patients/Register.tsx", `../../${layer}/x`)).toBeNull();
  }
});

test("no feature imports another", () => {
  expect(from("features/patients/Chart.tsx", "../certificates/List")).toMatch(/may not import feature/);
  expect(from("features/patients/Chart.tsx", "./Banner")).toBeNull();
});

test("nothing below the app imports it, and components know neither host nor features", () => {
  expect(from("features/patients/Chart.tsx", "../../app/router")).toMatch(/may not import app/);
  expect(from("components/Card.tsx", "../host/host")).toMatch(/may not import host/);
  expect(from("components/Card.tsx", "../features/patients/Chart")).toMatch(/may not import features/);
  expect(from("i18n/en.ts", "../components/Card")).toMatch(/may not import components/);
});

test("the words of the kinds alone are taken from above", () => {
  expect(from("i18n/en/record.ts", "../../records/kinds")).toBeNull();
  expect(from("i18n/en/patients.ts", "../../records/kinds")).toMatch(/may not import records/);
  expect(from("i18n/en/record.ts", "../../features/patients/Chart")).toMatch(/may not import features/);
});

test("only host names the window's own packages", () => {
  expect(from("app/Frame.tsx", "@tauri-apps/api/core")).toMatch(/only host/);
  expect(from("host/tauri.ts", "@tauri-apps/api/core")).toBeNull();
});

test("only a test may import what tests share", () => {
  expect(from("features/patients/Chart.test.tsx", "../../testing/render")).toBeNull();
  expect(from("features/patients/Chart.tsx", "../../testing/render")).toMatch(/may not import testing/);
});
