import { expect, test } from "vitest";
import { addendum, signedView } from "../../../testing/forms";
import { FITNESS, offered, paper, SLIP, SPECTACLES } from "../../../testing/papers";
import { changesOf as changes } from "../../../forms/changes";
import { lensOf } from "./lens";
import { prescribed, retemplated, started, storedValues, textOf, valuesOf, type Values } from "./values";

const changesOf = (before: Values, after: Values) => changes(before, after, storedValues);

const start = started(offered(), "2026-11-22");

test("a new certificate says what its template usually says, for this day", () => {
  expect(start).toMatchObject({
    verdict: "not_fit",
    examined: "2026-11-22",
    from: "2026-11-22",
    until: "2026-11-22",
    paper: "a5",
    addressee: "To whom it may concern",
  });
});

test("another template brings its own verdict, paper and addressee, and leaves what was typed", () => {
  const typed = { ...start, reason: "Fever" };
  expect(retemplated(typed, offered(), FITNESS)).toMatchObject({
    template: FITNESS.id,
    verdict: "fit",
    paper: "a4",
    addressee: "The registrar",
    reason: "Fever",
  });
  const chosen = {
    ...typed,
    verdict: "fit_with_limits" as const,
    addressee: "The dean",
    paper: "a4" as const,
  };
  expect(retemplated(chosen, offered(), FITNESS)).toMatchObject({
    verdict: "fit_with_limits",
    addressee: "The dean",
    paper: "a4",
  });
});

test("how long somebody is fit is never filled in, and a leave begins as one day", () => {
  const fit = started(FITNESS, "2026-11-22");
  expect(fit.until).toBe("");
  expect(retemplated(fit, FITNESS, offered()).until).toBe("2026-11-22");
  expect(retemplated(start, offered(), FITNESS).until).toBe("");
  const typed = { ...start, until: "2026-11-24" };
  expect(retemplated(typed, offered(), FITNESS).until).toBe("2026-11-24");
});

test("limits that no longer hold are neither sent nor kept", () => {
  const limited = { ...start, verdict: "fit_with_limits" as const, limits: " No sports. " };
  expect(textOf(limited).limits).toBe("No sports.");
  const fit = { ...limited, verdict: "fit" as const };
  expect(textOf(fit)).not.toHaveProperty("limits");
  expect(changesOf(limited, fit)).toEqual({ verdict: "fit", limits: null });
});

test("only what differs is an edit, nothing for what was emptied", () => {
  const before = valuesOf(paper().details);
  expect(changesOf(before, { ...before, reason: before.reason + " " })).toEqual({});
  expect(changesOf(before, { ...before, until: "", diagnosis_agreed: true })).toEqual({
    until: null,
    diagnosis_agreed: true,
  });
});

const VISIT = { came_at: "09:10", left_at: "09:40", disposition: "class", concern: "Headache" } as const;

test("a slip is begun from its visit, for one day, and its reason is not printed unless somebody agrees", () => {
  expect(started(SLIP, "2026-11-22", VISIT)).toMatchObject({
    came_at: "09:10",
    left_at: "09:40",
    sent_to: "class",
    verdict: "fit",
    until: "2026-11-22",
    reason: "Headache",
    reason_agreed: false,
  });
  const home = started(SLIP, "2026-11-22", { ...VISIT, disposition: "home", sent_with: "her aunt" });
  expect(home).toMatchObject({ sent_to: "home", verdict: "not_fit", sent_with: "her aunt" });
  expect(started(SLIP, "2026-11-22", { ...VISIT, disposition: "left" }).sent_to).toBe("");
});

test("a certificate that becomes a slip takes in what its visit says, and one that is none says nothing of it", () => {
  const slip = retemplated({ ...start, reason: "Fever" }, offered(), SLIP, VISIT);
  expect(slip).toMatchObject({ came_at: "09:10", sent_to: "class", verdict: "fit", reason: "Fever" });
  expect(started(offered(), "2026-11-22", VISIT).came_at).toBe("");
  const back = textOf(retemplated(slip, SLIP, offered(), VISIT));
  for (const name of ["came_at", "left_at", "sent_to", "sent_with"]) expect(back).not.toHaveProperty(name);
});

test("spectacles say the refraction's day and what was added to it, and hold for a year from then", () => {
  const lens = (sph: string) => ({ p: { method: { c: "subjective" }, sph: { n: sph } } });
  const refraction = signedView({
    form: "eye.refraction@1",
    at: "2026-11-19T23:30:00Z",
    answers: { "lens:R:a": lens("-2.50"), "lens:L:a": lens("-3.00"), pd: { n: "62" } },
    addenda: [addendum({ answers: { "lens:R:a": lens("-2.25"), pd: { n: "63" } } })],
  });
  const values = prescribed(SPECTACLES, "Asia/Manila", refraction);
  expect(values).toMatchObject({ examined: "2026-11-20", until: "2027-11-20", pd: "63" });
  expect([values.right, values.left].map((field) => lensOf(field).p?.["sph"]?.n)).toEqual(["-2.25", "-3.00"]);
});
