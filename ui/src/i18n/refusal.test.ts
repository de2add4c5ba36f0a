import { expect, test } from "vitest";
import { refusalCodes } from "../generated/commands";
import { en } from "./en";
import { refusalLine, refusalText } from "./refusal";
import { LANGUAGES, startText, type Language } from "./start";

const t = startText("en").t;

test("each refusal says what happened, what is safe and what to do", () => {
  for (const [code, sentences] of Object.entries(en.refusal)) {
    expect(Object.keys(sentences), code).toEqual(["what", "safe", "do"]);
  }
  expect(refusalText(t, { code: "host_unreachable", fields: {} }).what).toBe("ClinicDesk did not answer.");
});

test.each(Object.keys(LANGUAGES) as Language[])("each code of the backend has its text in %s", (language) => {
  const own = startText(language).t;
  const unknown = refusalText(own, { code: "no such code", fields: {} });
  for (const code of refusalCodes) {
    const text = refusalText(own, { code, fields: {} });
    expect(text.what, code).not.toBe(unknown.what.replace("no such code", code));
    for (const sentence of Object.values(text)) expect(sentence, code).toMatch(/\p{L}{2}/u);
  }
});

test("what the server refuses is said by its own code, and by name where that has no words", () => {
  const said = (reason: string) => refusalText(t, { code: "server_refused", fields: { reason } });
  expect(said("revoked").what).toBe("An administrator has ended this workstation.");
  expect(said("from_next_year").what).toBe("The server refused (from_next_year).");
  for (const reason of Object.keys(en.said_by_server)) {
    for (const sentence of Object.values(said(reason))) expect(sentence, reason).toMatch(/\.$/);
  }
});

test("a reason that makes a difference has sentences of its own, and any other its code’s", () => {
  for (const [code, reasons] of Object.entries(en.refusal_by_reason)) {
    for (const reason of Object.keys(reasons)) {
      const text = refusalText(t, { code, fields: { reason } });
      for (const sentence of Object.values(text)) expect(sentence, reason).toMatch(/\.$/);
    }
  }
  expect(refusalText(t, { code: "not_saved", fields: { reason: "failed" } }).what).toBe(
    "The copy was not saved.",
  );
});

test("a code without text of its own is shown by name", () => {
  expect(refusalText(t, { code: "from_next_year", fields: {} }).what).toBe(
    "That was not done (from_next_year).",
  );
});

test("a field is called as people call it, and one without a name by its own", () => {
  const missing = (field: string) => refusalText(t, { code: "missing", fields: { field } }).what;
  expect(missing("sign_in")).toBe("Something is missing: the sign-in name.");
  expect(missing("contacts/1/value")).toBe("Something is missing: contacts.");
  expect(missing("blood_group")).toBe("Something is missing: blood group.");
});

test("at a field a refusal is one line", () => {
  expect(refusalLine(t, { code: "frozen", fields: {} })).toBe(
    "It is signed and cannot change. Write an addendum instead.",
  );
});
