import { beforeEach, expect, test } from "vitest";
import { FITNESS, SLIP, offered } from "../../../testing/papers";
import { usedTemplate, usualTemplate } from "./usual";

const SICK_LEAVE = offered();
const SPECTACLES = {
  ...FITNESS,
  id: "spectacles",
  details: { ...FITNESS.details, form_code: "EYE-01", verdicts: ["prescribed" as const] },
};

beforeEach(() => localStorage.clear());

test("a form begins with the template that was used here last, if it is offered still", () => {
  usedTemplate(FITNESS);
  expect(usualTemplate([SICK_LEAVE, FITNESS])).toBe(FITNESS);
  expect(usualTemplate([SICK_LEAVE])).toBe(SICK_LEAVE);
});

test("before that it begins with the first by its form's code that the person may issue", () => {
  expect(usualTemplate([FITNESS, SICK_LEAVE])).toBe(SICK_LEAVE);
  const barred = { ...SICK_LEAVE, may_issue: false };
  expect(usualTemplate([barred, FITNESS])).toBe(FITNESS);
  expect(usualTemplate([{ ...FITNESS, may_issue: false }, barred])).toBe(barred);
  expect(usualTemplate([])).toBeUndefined();
});

test("no form begins with spectacles or a slip, but for who issues nothing else", () => {
  usedTemplate(SPECTACLES);
  usedTemplate(SLIP);
  expect(usualTemplate([SPECTACLES, SICK_LEAVE])).toBe(SICK_LEAVE);
  const barred = { ...SICK_LEAVE, may_issue: false };
  expect(usualTemplate([SPECTACLES, barred])).toBe(SPECTACLES);
  expect(usualTemplate([{ ...SPECTACLES, may_issue: false }, barred])).toBe(barred);
});
