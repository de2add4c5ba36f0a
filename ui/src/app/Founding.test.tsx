import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Refused } from "../host/host";
import type { Handlers } from "../host/memory";
import { renderApp } from "../testing/render";
import { ADMINISTRATOR, door, session } from "../testing/signed-in";

const heading = (name: string) => screen.findByRole("heading", { level: 1, name });
const field = (label: RegExp) => screen.getByLabelText(label, { selector: "input" });
const SHEET = ["00E17-D2X4Y-Z2AHN", "WZBAV-F8T4C-E0DGE", "KVZYT-P25Y2-6Y7M4", "00B0Y-0QCGF-MXGCW"];
const ASKED = [
  { line: 1, character: 14 },
  { line: 2, character: 4 },
];

/** An empty computer whose sheet is asked back as `HA`. */
function empty(but: Handlers = {}): Handlers {
  let founded = false;
  let confirmed = false;
  const here = () =>
    session({
      name: "María Reyes",
      title: null,
      role: "administrator",
      permissions: ADMINISTRATOR,
      must_confirm_sheet: !confirmed,
    });
  return {
    door: () => (founded ? door() : door({ state: "empty", clinic: null, site: null })),
    found_clinic: () => {
      founded = true;
      return {
        session: here(),
        fingerprint: "8812 8eb4 7328 a210 2fc6 5d0f bcd4 6e4f",
        sheet: SHEET,
        shares: [["05YMT-6JVBX-89BRV"], ["0ASA9-M7EBQ-GX1VR"], ["0FVGN-5KMNA-71M7R"]],
        asked: ASKED,
      };
    },
    session: here,
    recovery_papers: () => ({
      fingerprint: "8812 8eb4 7328 a210 2fc6 5d0f bcd4 6e4f",
      sheet: SHEET,
      shares: [["05YMT-6JVBX-89BRV"], ["0ASA9-M7EBQ-GX1VR"], ["0FVGN-5KMNA-71M7R"]],
      asked: ASKED,
    }),
    confirm_sheet: ({ characters }) => {
      if (characters !== "HA") throw new Refused("wrong_sheet");
      confirmed = true;
      return {};
    },
    ...but,
  };
}

function put(label: RegExp, text: string): void {
  fireEvent.change(field(label), { target: { value: text } });
}

async function fill(): Promise<void> {
  await heading("Set up a clinic");
  put(/^Name of the clinic/, "University Clinic");
  put(/^Name of the first site/, "Main Campus");
  put(/^Your full name/, "María Reyes");
  put(/^Password/, "quiet tram under nine lemons");
  put(/^Repeat it/, "quiet tram under nine lemons");
}

const act = () => userEvent.click(screen.getByRole("button", { name: "Set up the clinic" }));

test("a clinic is set up from one page, with site letters and sign-in name offered", async () => {
  const { host } = renderApp("/", empty());
  await fill();
  expect((field(/^Letters before its numbers/) as HTMLInputElement).value).toBe("MAIN");
  expect((field(/^Sign-in name/) as HTMLInputElement).value).toBe("maria");
  await act();
  await heading("Four papers to keep");
  const [call] = host.calls.filter(({ name }) => name === "found_clinic");
  expect(call?.input).toEqual({
    clinic: "University Clinic",
    site: "Main Campus",
    site_code: "MAIN",
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    name: "María Reyes",
    sign_in: "maria",
    password: "quiet tram under nine lemons",
  });
});

test("what is missing is told at its field, the first gets the keys, and nothing is sent", async () => {
  const { host } = renderApp("/", empty());
  await heading("Set up a clinic");
  await act();
  expect(screen.getAllByText("This is needed.")).toHaveLength(4);
  await waitFor(() => expect(document.activeElement).toBe(field(/^Name of the clinic/)));
  expect(host.calls.map(({ name }) => name)).not.toContain("found_clinic");
});

test("how long the password is stands beside it while it is typed", async () => {
  renderApp("/", empty());
  await heading("Set up a clinic");
  put(/^Password/, "quiet tram");
  screen.getByText("10 of 15 characters");
  put(/^Password/, "quiet tram under nine lemons");
  screen.getByText("28 characters, long enough");
});

test.each([
  ["weak_password", { fault: "guessable" }, /^Too easy to guess: a common phrase/],
  ["invalid", { field: "time_zone" }, "This value is not possible: the time zone."],
  ["clinic_exists", {}, "A clinic was set up here already."],
  ["disk_full", {}, "The disk of this computer is full."],
  ["store_in_use", {}, "ClinicDesk is open a second time on this computer."],
])("a founding refused as %s says so in words and keeps what was typed", async (code, fields, sentence) => {
  const refuse = () => {
    throw new Refused(code, fields as Record<string, string>);
  };
  renderApp("/", empty({ found_clinic: refuse }));
  await fill();
  await act();
  await screen.findByText(sentence);
  expect((field(/^Name of the clinic/) as HTMLInputElement).value).toBe("University Clinic");
});

test("a refused password has the keys, and is not called wrong once it is typed anew", async () => {
  const refuse = () => {
    throw new Refused("weak_password", { fault: "guessable" });
  };
  renderApp("/", empty({ found_clinic: refuse }));
  await fill();
  await act();
  await screen.findByText(/^Too easy to guess/);
  await waitFor(() => expect(document.activeElement).toBe(field(/^Password/)));
  put(/^Password/, "seven brown lamps at noon");
  await waitFor(() => expect(screen.queryByText(/^Too easy to guess/)).toBeNull());
  screen.getByText("25 characters, long enough");
  // The other field differs now, and does not take the keys away.
  expect(document.activeElement).toBe(field(/^Password/));
});

test("the papers are shown in groups, each share with where to keep it", async () => {
  renderApp("/", empty());
  await fill();
  await act();
  const sheet = await screen.findByRole("region", { name: "Recovery sheet of this computer" });
  expect(
    within(sheet)
      .getAllByRole("listitem")
      .map((line) => line.querySelector("code")?.textContent),
  ).toEqual(SHEET.map((line) => line.replaceAll("-", "")));
  for (const number of [1, 2, 3]) {
    const share = screen.getByRole("region", { name: `Share ${number} of 3` });
    expect(share.textContent).toContain(
      "Any two of the three shares together open everything; one alone opens nothing.",
    );
  }
  screen.getByRole("region", { name: "Fingerprint of University Clinic" });
});

test("characters that are not on the sheet are told, and the right ones open Today", async () => {
  renderApp("/", empty());
  await fill();
  await act();
  await userEvent.type(await screen.findByLabelText("Line 1, character 14"), "x");
  await userEvent.type(screen.getByLabelText("Line 2, character 4"), "a{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain(
    "These are not the characters on the sheet.",
  );
  await userEvent.type(screen.getByLabelText("Line 1, character 14"), "h{Enter}");
  await heading("Today");
  expect(screen.queryByText("The recovery sheet of this computer is not confirmed.")).toBeNull();
});

test("the check can wait, is reminded of on every screen, and is made up for there", async () => {
  renderApp("/", empty());
  await fill();
  await act();
  await userEvent.click(await screen.findByRole("button", { name: "Later" }));
  await heading("Today");
  screen.getByText("The recovery sheet of this computer is not confirmed.");
  await userEvent.click(screen.getByRole("button", { name: "Confirm it" }));
  await screen.findByRole("region", { name: "Share 3 of 3" });
  await userEvent.type(await screen.findByLabelText("Line 1, character 14"), "h");
  await userEvent.type(screen.getByLabelText("Line 2, character 4"), "a{Enter}");
  await screen.findByText("The recovery sheet is confirmed.");
  await waitFor(() =>
    expect(screen.queryByText("The recovery sheet of this computer is not confirmed.")).toBeNull(),
  );
});

test("each paper is printed or saved by itself, and a refusal is told at it", async () => {
  const { host } = renderApp(
    "/",
    empty({
      print_paper: () => {
        throw new Refused("no_printer");
      },
      save_paper: () => ({ name: "share.pdf" }),
    }),
  );
  await fill();
  await act();
  const share = within(await screen.findByRole("region", { name: "Share 2 of 3" }));
  await userEvent.click(share.getByRole("button", { name: "Print" }));
  expect((await share.findByRole("alert")).textContent).toContain("There is no such printer.");
  await userEvent.click(share.getByRole("button", { name: "Save as PDF…" }));
  await screen.findByText(/^Saved as share\.pdf\./);
  expect(host.calls.slice(-1)[0]?.input).toEqual({ paper: "share_2", place: "a place" });
});

test("who joined or set up another computer makes a new sheet of this one", async () => {
  let made = false;
  const nothing = { fingerprint: "8812 8eb4", sheet: [], shares: [], asked: ASKED };
  const { host } = renderApp("/", {
    ...empty(),
    door: () => door(),
    recovery_papers: () => (made ? { ...nothing, sheet: SHEET } : nothing),
    new_sheet: () => {
      made = true;
      host.news("session");
      return { ...nothing, sheet: SHEET };
    },
  });
  await heading("Today");
  await userEvent.click(screen.getByRole("button", { name: "Confirm it" }));
  await userEvent.click(await screen.findByRole("button", { name: "Make a new sheet" }));
  await screen.findByRole("region", { name: "Recovery sheet of this computer" });
});

test("the papers are nowhere once they are put away", async () => {
  renderApp("/", empty());
  await fill();
  await act();
  await userEvent.click(await screen.findByRole("button", { name: "Later" }));
  await heading("Today");
  expect(document.body.textContent).not.toContain("WZBAV");
  expect(JSON.stringify(localStorage)).not.toContain("WZBAV");
});

test("a time zone that was typed and left stands for the one that it can be, and else nothing stands and is said", async () => {
  const { host } = renderApp("/", empty());
  await fill();
  const zone = field(/^Time zone/) as HTMLInputElement;
  const type = async (text: string) => {
    await userEvent.clear(zone);
    await userEvent.type(zone, text);
    await userEvent.tab();
  };
  await type("asia manila");
  expect(zone.value).toBe("Asia/Manila");
  await type("asia/");
  await screen.findByText(/^“asia\/” is not on the list, or fits several/);
  await act();
  expect(host.calls.some(({ name }) => name === "found_clinic")).toBe(false);
  await type("Asia/Tokyo");
  await act();
  await heading("Four papers to keep");
  expect(host.calls.find(({ name }) => name === "found_clinic")?.input).toMatchObject({
    time_zone: "Asia/Tokyo",
  });
});

test("who is no administrator is not asked for a sheet that they do not have", async () => {
  renderApp("/", empty({ session: () => session({ must_confirm_sheet: true, role: "nurse" }) }));
  await fill();
  await act();
  await userEvent.click(await screen.findByRole("button", { name: "Later" }));
  await heading("Today");
  expect(screen.queryByText("The recovery sheet of this computer is not confirmed.")).toBeNull();
});
