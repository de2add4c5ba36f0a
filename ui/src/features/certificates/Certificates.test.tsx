import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import type { Says } from "../../generated/Says";
import { Refused, type Paper } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { flaws, layOut } from "../../testing/on-screen";
import { counts, line, NUMBER, PAPERS, PATIENT } from "../../testing/papers";
import { GUSTAVA, PEOPLE } from "../../testing/people";
import { DOCTOR, session } from "../../testing/signed-in";
import { renderApp } from "../../testing/render";

const user = userEvent.setup({ delay: null });
beforeEach(layOut);

const COUNTS = counts({ waiting: 2, drafts: 1, issued: 118 });
const WAITING = [line("c1"), line("c2", { person: GUSTAVA, may_issue: false })];
const open = (handlers: Handlers = {}, search = "") =>
  renderApp(`/certificates${search}`, {
    ...PEOPLE,
    ...PAPERS,
    certificates: ({ list }) => ({
      rows:
        list === "waiting"
          ? WAITING
          : [line("c3", { status: "issued", number: NUMBER, signer: "Dr Maria Reyes" })],
      next: null,
      counts: COUNTS,
    }),
    ...handlers,
  });
const sent = (host: ReturnType<typeof open>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);

test("what waits is shown first to whoever approves, each list with its count", async () => {
  open();
  await screen.findByRole("row", { name: /^MEJÍA, Gustavo/ });
  expect(screen.getAllByRole("tab").map((tab) => tab.textContent)).toEqual([
    "To approve 2",
    "Drafts 1",
    "Issued 118",
    "Expiring 0",
    "Ended 0",
  ]);
  await user.click(screen.getByRole("tab", { name: "Issued 118" }));
  await screen.findByText(NUMBER);
});

test("Enter opens: within the stack what the person may issue, and by itself what they may not", async () => {
  const { router } = open();
  (await screen.findByRole("row", { name: /^MEJÍA/ })).focus();
  await user.keyboard("{ArrowDown}");
  await waitFor(() => expect(document.activeElement?.textContent).toContain("MEJIAS"));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/certificates/c2"));
  expect(router.state.location.search).toEqual({});
});

test("the stack holds only what this person may issue", async () => {
  const { router } = open();
  await user.click(await screen.findByRole("button", { name: "Review 1" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/certificates/c1"));
  expect(router.state.location.search).toEqual({ stack: true });
});

test("a list is narrowed by number or name, and what is not found is said", async () => {
  const { host } = open({
    certificates: ({ text }) => ({ rows: text === "418" ? [line("c1")] : [], next: null, counts: COUNTS }),
  });
  await user.type(await screen.findByRole("searchbox", { name: "Find" }), "418");
  await screen.findByRole("row", { name: /^MEJÍA/ });
  expect(sent(host, "certificates").at(-1)).toMatchObject({ text: "418", before: null });
  await user.type(screen.getByRole("searchbox", { name: "Find" }), "x");
  await screen.findByText("Nothing found for “418x”.");
});

test("the rest of a long list is fetched below it", async () => {
  open({
    certificates: ({ before }) => ({
      rows: [line(before ? "c2" : "c1", before ? { person: GUSTAVA } : {})],
      next: before ? null : { version: 9, id: "c1" },
      counts: COUNTS,
    }),
  });
  await screen.findByRole("row", { name: /^MEJÍA/ });
  await user.click(screen.getByRole("button", { name: "Earlier" }));
  await screen.findByRole("row", { name: /^MEJIAS/ });
  expect(screen.getByRole("row", { name: /^MEJÍA/ })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Earlier" })).toBeNull();
});

const SAYS: Says = {
  issuer: "University Clinic",
  number: NUMBER,
  kind: "Medical certificate",
  name: "Mejía, Gustavo",
  birth_date: "1999-07-14",
  identifier: null,
  verdict: "not_fit",
  from: "2026-11-22",
  until: "2026-11-24",
  signer: "Dr. Ana Doctor",
  licence: "0104417",
  issued_at: "2026-11-22T10:31:00+08:00",
};

const GENUINE = {
  outcome: "genuine",
  shown: "code",
  superseded_by: null,
  revocations_as_of: "2026-11-21",
  claims: SAYS,
  certificate: null,
} as const;

test.each([
  ["genuine", "code", "The code is genuine", "It says nothing of the paper around it", "must read"],
  ["expired", "code", "The code is genuine", "Its last day is past.", "must read"],
  ["genuine", "number", "Issued here", "Anybody can copy a number", "must read"],
  ["expired", "number", "Issued here", "Its last day is past.", "must read"],
  ["genuine", "other_file", "The code is genuine", "This file is not the one that was issued", "must read"],
  ["genuine", "same_file", "Genuine", "byte for byte", "It reads"],
  ["revoked", "same_file", "Revoked", "It is not valid.", "signed once"],
  ["unrecorded", "code", "Not in the records", "no record known here holds it", "must read"],
  ["superseded", "number", "Replaced", "The certificate that holds is MAIN-02-26-00419-X.", "signed once"],
] as const)("what is %s by its %s is called %s, with what the paper must read", async (...told) => {
  const [outcome, shown, word, words, lead] = told;
  const superseded_by = outcome === "superseded" ? "MAIN-02-26-00419-X" : null;
  open({ verify_certificate: () => ({ ...GENUINE, outcome, shown, superseded_by }) });
  await user.type(await screen.findByRole("textbox", { name: "Verify a paper" }), `CD1:X{Enter}`);
  expect((await screen.findByText(word)).textContent).toBe(word);
  const text = screen.getAllByRole("status").find((each) => each.textContent?.includes(words))?.textContent;
  expect(text).toContain(lead);
  for (const line of [
    "NameMejía, Gustavo",
    "Born14-Jul-1999",
    "VerdictNot fit",
    "From22-Nov-2026",
    "Until24-Nov-2026",
    "Signed byDr. Ana Doctor",
    "Licence0104417",
    `Number${NUMBER}`,
    "Issued22-Nov-2026",
  ])
    expect(text).toContain(line);
  // What nobody compared is never called genuine by itself.
  if (shown !== "same_file") expect(screen.queryByText("Genuine")).toBeNull();
});

test.each([
  ["not_genuine", "Not genuine", "It was changed, or never issued."],
  ["unknown_issuer", "Unknown issuer", "No clinic known here issued it"],
] as const)("a code that is %s is told in words", async (outcome, word, words) => {
  const { host } = open({
    verify_certificate: () => ({ ...GENUINE, outcome, claims: null, revocations_as_of: null }),
  });
  await user.type(await screen.findByRole("textbox", { name: "Verify a paper" }), ` ${NUMBER} {Enter}`);
  await screen.findByText(word);
  const told = screen.getAllByRole("status").find((each) => each.textContent?.includes(words));
  expect(told?.textContent).not.toContain("read:");
  expect(sent(host, "verify_certificate")).toEqual([{ text: NUMBER, pdf: null }]);
});

test("a check that never heard of revocations says so, and leads to the certificate", async () => {
  const { router } = open({
    verify_certificate: () => ({ ...GENUINE, revocations_as_of: null, certificate: "c3" }),
  });
  await user.type(await screen.findByRole("textbox", { name: "Verify a paper" }), `${NUMBER}{Enter}`);
  await screen.findByText(/no list of revocations/);
  await user.click(screen.getByRole("button", { name: "Open the certificate" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/certificates/c3"));
});

test("what is told belongs to the text that was checked", async () => {
  open({
    verify_certificate: () => {
      throw new Refused("not_found");
    },
  });
  const box = await screen.findByRole("textbox", { name: "Verify a paper" });
  await user.type(box, "MAIN{Enter}");
  await screen.findByRole("alert");
  await user.type(box, "-");
  expect(screen.queryByRole("alert")).toBeNull();
});

const offer = async (...files: File[]) => {
  await screen.findByRole("button", { name: "From a file" });
  const drop = new Event("drop", { bubbles: true, cancelable: true });
  document.dispatchEvent(Object.assign(drop, { dataTransfer: { files, types: ["Files"] } }));
};

test("a file is chosen, its code is read, and what is told names the file", async () => {
  const { host } = open({ verify_certificate: () => GENUINE });
  host.codeIn = () => Promise.resolve({ text: "CDC1:CODE", pdf: "ab12" });
  await screen.findByRole("button", { name: "From a file" });
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  await user.upload(
    input as HTMLInputElement,
    new File(["CDC1:CODE"], "paper.pdf", { type: "application/pdf" }),
  );
  await screen.findByText("Read from “paper.pdf”.");
  expect(sent(host, "verify_certificate")).toEqual([{ text: "CDC1:CODE", pdf: "ab12" }]);
  await user.type(screen.getByRole("textbox", { name: "Verify a paper" }), `${NUMBER}{Enter}`);
  await screen.findByText("The code is genuine");
  expect(screen.queryByText("Read from “paper.pdf”.")).toBeNull();
});

test("a file that is dropped is read; several, a large one and one without a code are refused in words", async () => {
  const { host } = open({ verify_certificate: () => GENUINE });
  const paper = new File(["CDC1:CODE"], "scan.png");
  await offer(paper);
  await screen.findByText("Read from “scan.png”.");
  const refused = async (words: string) =>
    waitFor(() => expect(screen.getByRole("alert").textContent).toContain(words));
  await offer(paper, paper);
  await refused("These are several files.");
  const large = new File(["x"], "large.pdf");
  Object.defineProperty(large, "size", { value: 24 * 1024 * 1024 + 1 });
  await offer(large);
  await refused("at most 24 MB and 20 pages");
  const gone = new File(["x"], "gone.pdf");
  gone.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotFoundError"));
  await offer(gone);
  await refused("cannot be read any more");
  for (const [reason, words] of [
    ["kind", "neither a PDF nor a picture"],
    ["damaged", "This file is damaged."],
    ["several", "several certificates in this file"],
    ["no_code", "Take a sharper picture"],
  ] as const) {
    host.codeIn = () => Promise.reject(new Refused("unreadable_code", { reason }));
    await offer(paper);
    await refused(words);
  }
  expect(sent(host, "verify_certificate").length).toBe(1);
});

test("the answer of a file read slowly is not told below a number typed since", async () => {
  const { host } = open({ verify_certificate: () => GENUINE });
  let decode: (paper: Paper) => void = () => undefined;
  host.codeIn = () => new Promise((resolve) => (decode = resolve));
  await offer(new File(["x"], "slow.png"));
  await waitFor(() => expect(document.querySelector("[data-loading]")).toBeTruthy());
  await user.type(screen.getByRole("textbox", { name: "Verify a paper" }), `${NUMBER}{Enter}`);
  await screen.findByText("The code is genuine");
  decode({ text: "CDC1:SLOW", pdf: null });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(sent(host, "verify_certificate")).toEqual([{ text: NUMBER, pdf: null }]);
});

test("a file that is dropped while another is read takes over", async () => {
  const { host } = open({ verify_certificate: () => GENUINE });
  const decoded: ((paper: Paper) => void)[] = [];
  host.codeIn = () => new Promise((resolve) => void decoded.push(resolve));
  await offer(new File(["x"], "first.png"));
  await waitFor(() => expect(decoded).toHaveLength(1));
  await offer(new File(["x"], "second.png"));
  await waitFor(() => expect(decoded).toHaveLength(2));
  decoded[1]?.({ text: "CDC1:SECOND", pdf: null });
  await screen.findByText("Read from “second.png”.");
  decoded[0]?.({ text: "CDC1:FIRST", pdf: null });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(sent(host, "verify_certificate")).toEqual([{ text: "CDC1:SECOND", pdf: null }]);
});

test("a list that cannot be read is told", async () => {
  open({
    certificates: () => {
      throw new Refused("store_failed");
    },
  });
  expect((await screen.findByRole("alert")).textContent).toContain("could not be read or written");
});

test("Today leads to what waits and to what came back", async () => {
  const { router } = renderApp("/today", {
    ...PAPERS,
    certificates: ({ list }) => ({
      rows:
        list === "waiting"
          ? WAITING
          : [
              line("c5", { status: "returned", mine: true, reason: "Wrong days." }),
              line("c6", { status: "returned", mine: false, person: GUSTAVA }),
              line("c7", { status: "draft", mine: true }),
            ],
      next: null,
      counts: COUNTS,
    }),
  });
  await screen.findByText("1 certificate to approve");
  await screen.findByText("Wrong days.");
  expect(screen.queryByText(/MEJIAS/)).toBeNull();
  await user.click(screen.getByRole("button", { name: "Correct" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/certificates/c5"));
});

test("who may not read a chart sees its person's certificates, and is offered one where there is none", async () => {
  const permissions = DOCTOR.filter((each) => each !== "chart.read");
  const { router } = renderApp(`/patients/${PATIENT}`, {
    ...PEOPLE,
    ...PAPERS,
    session: () => session({ permissions }),
  });
  const panel = within(await screen.findByRole("region", { name: "Certificates" }));
  await panel.findByText("No certificate of this person yet.");
  await user.click(panel.getByRole("button", { name: "New certificate" }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/patients/${PATIENT}/certificates/new`));
});

test("nothing is wrong with the lists for whoever cannot see them", async () => {
  open();
  await screen.findByRole("row", { name: /^MEJÍA, Gustavo/ });
  expect(await flaws()).toEqual([]);
});
