import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Backups as Shown } from "../../generated/Backups";
import type { JobShown } from "../../generated/JobShown";
import type { RestorePlan } from "../../generated/RestorePlan";
import type { TargetRow } from "../../generated/TargetRow";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { renderApp, renderPart } from "../../testing/render";
import { ADMINISTRATOR, session, status } from "../../testing/signed-in";
import { RestoreHere } from "./RestoreHere";

const target = (but: Partial<TargetRow> = {}): TargetRow => ({
  id: "t1",
  name: "Clinic file server",
  sort: "folder",
  place: "/mnt/clinic",
  state: "verified",
  fault: null,
  damaged: null,
  others: [],
  more: 0,
  attacked: false,
  mended: null,
  same_disk: false,
  last: {
    number: 7,
    at: "2026-11-22T10:31:00+08:00",
    sort: "quick",
    took: 900,
    bytes: 41_000,
    entries: 48_212,
    lacking: 3,
    files: 2310,
  },
  whole: "2026-11-22T02:10:00+08:00",
  seen: "2026-11-22T10:31:00+08:00",
  unseen_days: null,
  beside: null,
  former: false,
  ...but,
});

const ALL_THERE = {
  number: 7,
  at: "2026-11-22T10:31:00+08:00",
  sort: "quick",
  took: 900,
  bytes: 41_000,
  entries: 48_215,
  lacking: 0,
  files: 2310,
} as const;

const STICK = target({
  id: "t2",
  name: "Stick Red",
  sort: "stick",
  state: "not_seen",
  unseen_days: 16,
});

const shown = (but: Partial<Shown> = {}): Shown => ({
  workstation: "Room 1",
  entries: 48_215,
  files: 2310,
  file_bytes: 3_100_000_000,
  outside: 3,
  outside_since: "2026-11-22T10:31:00+08:00",
  alarm: null,
  every: 15,
  targets: [target(), STICK],
  tested: {
    target: "t1",
    at: "2026-11-22T02:10:00+08:00",
    seconds: 108,
    entries: 47_391,
    records: 1284,
    files: 100,
    differences: 0,
    fault: null,
    signed: false,
    mended: 0,
  },
  days: [
    { day: "2026-11-21", entries: 412 },
    { day: "2026-11-22", entries: 3 },
  ],
  server: null,
  ...but,
});

const PLAN: RestorePlan = {
  installation: "Room-2-0a1b2c3d",
  workstation: "Room 2",
  point: { number: 7, at: "2026-11-20T16:55:00+08:00", entries: 47_402 },
  added: 12,
  new_records: 5,
  changed_records: 7,
  same: 47_390,
  lacking: 0,
  files: 0,
  files_missing: 0,
  damaged: [],
};

function draw(but: Handlers = {}, permissions = ADMINISTRATOR) {
  return renderApp("/admin/backups", {
    session: () => session({ role: "administrator", permissions }),
    status: () => status(),
    backups: () => shown(),
    jobs: () => ({ rows: [] }),
    restore_points: () => ({
      rows: [
        { number: 7, at: "2026-11-22T10:31:00+08:00", sort: "quick", entries: 48_212, files: 3, whole: true },
        { number: 6, at: "2026-11-20T16:55:00+08:00", sort: "quick", entries: 47_402, files: 3, whole: true },
      ],
      next: null,
    }),
    ...but,
  });
}

test("what is in no verified backup is told with its age, and each target says what it holds and how it stands", async () => {
  draw();
  await screen.findByText("3 entries since 10:31 are in no verified backup yet.");
  screen.getByText("Stick Red has not been seen for 16 days.");
  screen.getByText(/^Room 1 · 48,215 entries · 3\.1 GB of files$/);
  const line = screen.getByText("Clinic file server").closest("tr") as HTMLElement;
  within(line).getByText("all but 3");
  within(line).getByText("quick · 0.9 s · 41 kB new");
  within(line).getByText("Verified");
  within(screen.getByText("Stick Red").closest("tr") as HTMLElement).getByText("Not seen, 16 days");
  screen.getByText("21-Nov-2026: 412 entries");
  screen.getByText("0 differences");
});

test("what cannot be read or moved away at a target is said by its name", async () => {
  const damaged = "points/0000002.new";
  draw({
    backups: () =>
      shown({
        targets: [
          target({ state: "damaged", fault: "no_file", damaged }),
          target({ id: "t2", name: "Stick Red", state: "damaged", fault: "unreadable", damaged: "points" }),
        ],
      }),
  });
  await screen.findByText(/Something that is no file lies at points\/0000002\.new\..* Take it away\./);
  screen.getByText(/points cannot be read: .* Ask for the right to read it\./);
});

const RESTORED = {
  code: "restored",
  reason: null,
  since: "2026-11-22T09:00:00+08:00",
  tried: "2026-11-22T09:00:00+08:00",
};

test("a computer that was restored and only reads says so, and offers no backup that would be refused", async () => {
  draw({
    status: () => status({ trouble: RESTORED }),
    backups: () => shown({ targets: [target({ last: null, state: "new", former: true })] }),
  });
  await screen.findByText(/^This computer was restored from a backup, and nothing new is written here yet\./);
  screen.getByText("those from before the restore stay");
  expect(screen.queryByRole("button", { name: /^Back up now/ })).toBeNull();
  expect(screen.queryByText(/in no verified backup/)).toBeNull();
});

test("a computer that only reads says before anything is looked at that nothing is taken in yet, and offers no such act", async () => {
  draw({
    status: () => status({ trouble: RESTORED }),
    stores_set_aside: () => ({ names: ["set-aside-1"] }),
    plan_restore: () => PLAN,
  });
  await userEvent.click(await screen.findByRole("button", { name: "Restore from another place" }));
  await userEvent.click(await screen.findByRole("button", { name: "set-aside-1" }));
  await screen.findByText(
    /^Nothing is taken in yet: this computer was restored from a backup and only reads\./,
  );
  await userEvent.click(screen.getByRole("button", { name: /^Look what would change/ }));
  await screen.findByText("47,390");
  screen.getByText(/^Nothing is taken in yet/);
  expect(screen.queryByRole("button", { name: /^Take in/ })).toBeNull();
});

test("points of one minute are told apart, and the pane names the one that it restores", async () => {
  const point = { sort: "quick", entries: 5, files: 3, whole: true } as const;
  draw({
    restore_points: () => ({
      rows: [
        { ...point, number: 9, at: "2026-11-22T10:31:40+08:00" },
        { ...point, number: 8, at: "2026-11-22T10:31:02+08:00", entries: 4 },
        { ...point, number: 7, at: "2026-11-22T10:31:02+08:00" },
        { ...point, number: 6, at: "2026-11-20T16:55:00+08:00" },
      ],
      next: null,
    }),
  });
  const points = await screen.findByLabelText<HTMLSelectElement>("Point");
  expect([...points.options].map(({ text }) => text)).toEqual([
    "22-Nov-2026 10:31:40, 5 entries",
    "22-Nov-2026 10:31:02, no. 8, 4 entries",
    "22-Nov-2026 10:31:02, no. 7, 5 entries",
    "20-Nov-2026 16:55, 5 entries",
  ]);
  await userEvent.selectOptions(points, "8");
  await userEvent.click(screen.getByRole("button", { name: "Restore from here" }));
  screen.getByText("From Clinic file server, the point of 22-Nov-2026 10:31:02, no. 8: 4 entries, 3 files.");
});

test("backups on the disk of the records alone are a warning, and one elsewhere ends it", async () => {
  const near = target({ same_disk: true });
  const calm = { outside: 0, outside_since: null };
  const { unmount } = draw({ backups: () => shown({ ...calm, targets: [near] }) });
  const warning = await screen.findByText(/^Every backup lies on the disk of the records/);
  expect(warning.closest("[data-alarm]")?.getAttribute("data-alarm")).toBe("know");
  unmount();
  draw({ backups: () => shown({ ...calm, targets: [near, target({ id: "t2", name: "Stick Red" })] }) });
  await screen.findByText("Stick Red");
  expect(screen.queryByText(/^Every backup lies on the disk/)).toBeNull();
});

test("a test restore that failed says why and is not signed off", async () => {
  const failed = { ...(shown().tested as object), entries: 0, records: 0, files: 0, fault: "gone" };
  draw({ backups: () => shown({ tested: failed as Shown["tested"] }) });
  await screen.findByText("Clinic file server: It was not there for the test.");
  expect(screen.queryByText("0 differences")).toBeNull();
  expect(screen.queryByRole("button", { name: "Sign it off" })).toBeNull();
});

test("a test restore is never said not to have been, only not to be known of the places there are", async () => {
  const { unmount } = draw({ backups: () => shown({ tested: null }) });
  await screen.findByText(/^None of the places above has had a test restore yet\./);
  unmount();
  draw({ backups: () => shown({ targets: [], alarm: "no_target", tested: null }) });
  await screen.findByText("There is no place for backups now, so none can be tried.");
});

test("nothing new is no alarm, and a computer without a target says so", async () => {
  const { unmount } = draw({
    backups: () => shown({ outside: 0, outside_since: null, targets: [target()] }),
  });
  await screen.findByText("Everything that is written here is in a backup that was read back.");
  unmount();
  draw({ backups: () => shown({ targets: [], alarm: "no_target", tested: null }) });
  await screen.findByText(/^No backup leaves this computer\./);
});

test("Ctrl B backs up, and a test restore is signed off by whoever may", async () => {
  const { host } = draw({
    back_up_now: () => ({}),
    sign_rehearsal: () => ({ id: "r", version: 1, conflict: null }) as never,
  });
  await screen.findByText("Clinic file server");
  await userEvent.keyboard("{Control>}b{/Control}");
  await waitFor(() =>
    expect(host.calls).toContainEqual({
      window: "main",
      name: "back_up_now",
      input: { target: null, complete: false },
    }),
  );
  await userEvent.click(screen.getByRole("button", { name: "Sign it off" }));
  await waitFor(() =>
    expect(host.calls).toContainEqual({
      window: "main",
      name: "sign_rehearsal",
      input: { target: "t1", note: null },
    }),
  );
});

test("what is under way says how far it is, what waits says so, and whoever may stops it", async () => {
  const job: JobShown = {
    kind: "check_backup",
    target: "t1",
    name: "Clinic file server",
    running: true,
    asked: true,
    done: 40,
    of: 160,
    ended: null,
    outcome: null,
    fault: null,
    waits: null,
  };
  const { host } = draw({
    jobs: () => ({
      rows: [
        job,
        { ...job, kind: "back_up", target: "t2", name: "Stick Red", running: false },
        { ...job, kind: "test_restore", running: false, asked: false, outcome: "done" },
      ],
    }),
    cancel_job: () => ({}),
  });
  await screen.findByText("Check of Clinic file server · 25 %");
  screen.getByText("Backup to Stick Red · waits for its turn");
  expect(screen.queryByText(/^Test restore from/)).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: /^Stop it: Backup to Stick Red/ }));
  await screen.findByText("It stops. What was written stays, and the next run goes on from there.");
  expect(host.calls).toContainEqual({
    window: "main",
    name: "cancel_job",
    input: { kind: "back_up", target: "t2" },
  });
});

test("a target is backed up with all its files, and read, when somebody asks", async () => {
  const { host } = draw({ back_up_now: () => ({}), check_backup: () => ({}) });
  await userEvent.click(await screen.findByRole("row", { name: /Stick Red/ }));
  await userEvent.click(await screen.findByRole("button", { name: "Complete backup" }));
  await userEvent.click(screen.getByRole("button", { name: "Read all of it" }));
  const orders = host.calls.filter(({ name }) => ["back_up_now", "check_backup"].includes(name));
  expect(orders.map(({ name, input }) => [name, input])).toEqual([
    ["back_up_now", { target: "t2", complete: true }],
    ["check_backup", { target: "t2" }],
  ]);
});

test("a restore shows first what would change, and only then does it", async () => {
  const { host } = draw({
    plan_restore: () => PLAN,
    restore: () => ({ added: 12, records: 12, aside: null, files_missing: 2, damaged: [] }),
  });
  await userEvent.selectOptions(await screen.findByLabelText("Point"), "6");
  await userEvent.click(screen.getByRole("button", { name: "Restore from here" }));
  screen.getByText("Nothing is written yet");
  await userEvent.click(screen.getByRole("button", { name: /^Look what would change/ }));
  await screen.findByText("was read whole: 47,402 entries, no damage.", { exact: false });
  screen.getByText("47,390");
  expect(host.calls.map(({ name }) => name)).not.toContain("restore");
  await userEvent.click(screen.getByRole("button", { name: /^Take in 12 entries/ }));
  await screen.findByText(
    "12 entries were taken in. The content of 2 files did not come with it. The charts still name the files; a server or another backup that has them brings them.",
  );
  const input = { from: "t1", mode: "rejoin", older: false, point: 6 };
  expect(host.calls).toContainEqual({ window: "main", name: "plan_restore", input });
  expect(host.calls).toContainEqual({ window: "main", name: "restore", input });
});

test("what replace would set aside is said and agreed to before anything is replaced", async () => {
  const { host } = draw({
    plan_restore: ({ older }): RestorePlan => {
      if (!older) throw new Refused("backup_refused", { reason: "older", lacking: 9 });
      return { ...PLAN, lacking: 9 };
    },
    restore: () => ({ added: 0, records: 9, aside: null, files_missing: 0, damaged: [] }),
  });
  await userEvent.click(await screen.findByRole("button", { name: "Restore from here" }));
  await userEvent.click(screen.getByRole("radio", { name: "Replace" }));
  await userEvent.click(screen.getByRole("button", { name: /^Look what would change/ }));
  await screen.findByText(/^This computer has entries that the backup does not have: 9\./);
  await userEvent.click(
    screen.getByLabelText(/^Entries that are here and not in the backup may be set aside/),
  );
  await userEvent.click(screen.getByRole("button", { name: /^Look what would change/ }));
  await screen.findByText("9 entries that are here are not in the backup.");
  await userEvent.click(screen.getByRole("button", { name: /^Replace/ }));
  const dialog = await screen.findByRole("dialog", {
    name: "Replace the records of this computer by those of 20-Nov-2026 16:55?",
  });
  expect(host.calls.map(({ name }) => name)).not.toContain("restore");
  await userEvent.click(within(dialog).getByRole("button", { name: "Replace" }));
  await waitFor(() => expect(host.calls.map(({ name }) => name)).toContain("restore"));
});

test("a backup of another computer asks for its papers, and a wrong line is said at them", async () => {
  const { host } = draw({
    stores_set_aside: () => ({ names: ["set-aside-1"] }),
    restore_sources: () => ({
      rows: [{ installation: "Room-2-0a1b2c3d", own: false, points: [PLAN.point] }],
      more: 0,
    }),
    plan_restore: () => {
      throw new Refused("wrong_sheet", { line: 3 });
    },
  });
  await userEvent.click(await screen.findByRole("button", { name: "Restore from another place" }));
  await screen.findByRole("button", { name: "set-aside-1" });
  await userEvent.click(screen.getByRole("button", { name: "Choose a folder or stick" }));
  const papers = await screen.findByLabelText(/^Recovery sheet of that computer/);
  await userEvent.type(papers, "AAAAA-AAAAA-AAAAA");
  await userEvent.click(screen.getByRole("button", { name: /^Look what would change/ }));
  await screen.findByText("Line 3 is not what the paper says.");
  expect((papers as HTMLTextAreaElement).value).toBe("AAAAA-AAAAA-AAAAA");
  expect(host.calls).toContainEqual({ window: "main", name: "restore_sources", input: { from: "a place" } });
});

test("of several computers none is chosen by itself, and what opens without papers says so", async () => {
  const computer = (installation: string, own: boolean) => ({ installation, own, points: [PLAN.point] });
  const rows = [computer("1-a46165c4", true), computer("Room-2-a43fadbe", false)];
  draw({ stores_set_aside: () => ({ names: [] }), restore_sources: () => ({ rows, more: 0 }) });
  await userEvent.click(await screen.findByRole("button", { name: "Restore from another place" }));
  await userEvent.click(screen.getByRole("button", { name: "Choose a folder or stick" }));
  const which = await screen.findByLabelText<HTMLSelectElement>("Computer");
  screen.getByText("From Backups");
  expect(which.value).toBe("");
  expect(screen.queryByText(/this computer\)/)).toBeNull();
  const look = screen.getByRole<HTMLButtonElement>("button", { name: /^Look what would change/ });
  expect(look.disabled).toBe(true);
  await userEvent.selectOptions(which, "1-a46165c4 (opens without papers)");
  expect(screen.queryByLabelText(/^Recovery sheet of that computer/)).toBeNull();
  expect(look.disabled).toBe(false);
  await userEvent.selectOptions(which, "Room-2-a43fadbe");
  await screen.findByLabelText(/^Recovery sheet of that computer/);
});

test("what else is wrong with the papers is said at them, and what to do", async () => {
  const { host } = draw({
    stores_set_aside: () => ({ names: [] }),
    restore_sources: () => ({
      rows: [{ installation: "Room-2-0a1b2c3d", own: false, points: [PLAN.point] }],
      more: 0,
    }),
    plan_restore: ({ papers }) => {
      if (papers === "one") throw new Refused("wrong_sheet", { reason: "one_share" });
      throw new Refused("wrong_sheet", { line: 2, paper: 2 });
    },
  });
  await userEvent.click(await screen.findByRole("button", { name: "Restore from another place" }));
  await userEvent.click(screen.getByRole("button", { name: "Choose a folder or stick" }));
  const papers = await screen.findByLabelText(/^Recovery sheet of that computer/);
  await userEvent.type(papers, "one");
  await userEvent.click(screen.getByRole("button", { name: /^Look what would change/ }));
  await screen.findByText(/one alone opens nothing. Type another of the clinic’s three shares below it.$/);
  await userEvent.type(papers, " and another");
  await userEvent.click(screen.getByRole("button", { name: /^Look what would change/ }));
  await screen.findByText("Line 2 of paper 2 is not what that paper says.");
  expect(host.calls.map(({ name }) => name)).not.toContain("restore");
});

test("files alone are brought, and what was set aside under another key asks for its papers", async () => {
  const { host } = draw({
    stores_set_aside: () => ({ names: ["set-aside-1"] }),
    plan_restore: ({ papers }) => {
      if (papers === undefined) throw new Refused("missing", { field: "papers" });
      return { ...PLAN, added: 0, files: 3 };
    },
    restore: () => ({ added: 0, records: 0, aside: null, files_missing: 0, damaged: [] }),
  });
  await userEvent.click(await screen.findByRole("button", { name: "Restore from another place" }));
  await userEvent.click(await screen.findByRole("button", { name: "set-aside-1" }));
  await userEvent.click(screen.getByRole("button", { name: /^Look what would change/ }));
  await userEvent.type(await screen.findByLabelText(/^Recovery sheet of that computer/), "four lines");
  await userEvent.click(screen.getByRole("button", { name: /^Look what would change/ }));
  await screen.findByText("The content of 3 files is not on this computer and lies in the backup.");
  await userEvent.click(screen.getByRole("button", { name: /^Bring 3 files/ }));
  await waitFor(() => expect(host.calls.map(({ name }) => name)).toContain("restore"));
  expect(host.calls.find(({ name }) => name === "restore")?.input).toEqual({
    from: "set-aside-1",
    mode: "rejoin",
    older: false,
    papers: "four lines",
  });
});

test("whoever may not restore sees the backups and no way to bring one back", async () => {
  draw({}, ["user.read", "backup.run", "store.check", "session.use"]);
  await screen.findByText("Clinic file server");
  expect(screen.queryByRole("button", { name: "Restore from another place" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Where backups go" })).toBeNull();
});

test("at the door the backup is looked at before this computer becomes what it is of", async () => {
  const { host } = renderPart(<RestoreHere />, {
    restore_sources_here: () => ({
      rows: [{ installation: "Room-1-0a1b2c3d", own: false, points: [PLAN.point] }],
      more: 0,
    }),
    restore_here: ({ check }) => ({
      installation: "Room-1-0a1b2c3d",
      point: PLAN.point,
      entries: 47_402,
      records: check ? null : 1284,
      clinic: check ? null : "University Clinic",
      aside: null,
      files_missing: check ? 0 : 1,
      damaged: [],
    }),
  });
  await userEvent.click(screen.getByRole("button", { name: "Choose the folder or stick" }));
  await screen.findByText("Chosen: “Backups”.");
  await userEvent.type(await screen.findByLabelText(/^Recovery sheet of the computer/), "four lines");
  await userEvent.click(screen.getByRole("button", { name: "Look at it" }));
  await screen.findByText("It is whole. From 20-Nov-2026 16:55 it brings back 47,402 entries.");
  await userEvent.click(screen.getByRole("button", { name: "Restore" }));
  await waitFor(() => expect(host.calls.filter(({ name }) => name === "restore_here")).toHaveLength(2));
  expect(host.calls.at(-1)?.input).toMatchObject({ papers: "four lines", point: 7, check: false });
});

test("the clinic's server becomes a target without a folder, and is offered once", async () => {
  const { host, unmount } = draw({
    backups: () => shown({ server: "https://desk.example" }),
    edit_targets: () => shown(),
  });
  await userEvent.click(await screen.findByRole("button", { name: "Where backups go" }));
  await userEvent.type(screen.getByLabelText(/^Name/), "Server");
  await userEvent.click(screen.getByRole("radio", { name: "The clinic’s server" }));
  await userEvent.click(screen.getByRole("button", { name: /^Add it/ }));
  await waitFor(() =>
    expect(host.calls).toContainEqual({
      window: "main",
      name: "edit_targets",
      input: { target: null, name: "Server", place: null, sort: "server", remove: false },
    }),
  );
  unmount();
  const at = target({ sort: "server", beside: "2026-11-22T10:31:00+08:00" });
  draw({ backups: () => shown({ server: "https://desk.example", targets: [at] }) });
  await screen.findByText(/this computer goes on there in a folder of its own/);
  await userEvent.click(screen.getByRole("button", { name: "Where backups go" }));
  expect(screen.queryByRole("radio", { name: "The clinic’s server" })).toBeNull();
});

test("what a server has of another computer is found with its papers", async () => {
  const { host } = draw({
    backups: () => shown({ server: "https://desk.example" }),
    stores_set_aside: () => ({ names: [] }),
    restore_sources: () => ({
      rows: [{ installation: "Room-2-0a1b2c3d", own: false, points: [PLAN.point] }],
      more: 0,
    }),
    plan_restore: () => PLAN,
  });
  await userEvent.click(await screen.findByRole("button", { name: "Restore from another place" }));
  await userEvent.click(await screen.findByRole("button", { name: "From the clinic’s server" }));
  expect(host.calls.map(({ name }) => name)).not.toContain("restore_sources");
  await userEvent.type(screen.getByLabelText(/^Recovery sheet of that computer/), "four lines");
  await userEvent.click(screen.getByRole("button", { name: /^Look what is there/ }));
  await screen.findByLabelText("Computer");
  await userEvent.click(screen.getByRole("button", { name: /^Look what would change/ }));
  await screen.findByText("was read whole: 47,402 entries, no damage.", { exact: false });
  expect(host.calls).toContainEqual({
    window: "main",
    name: "restore_sources",
    input: { from: "https://desk.example", papers: "four lines" },
  });
  expect(host.calls.find(({ name }) => name === "plan_restore")?.input).toMatchObject({
    from: "https://desk.example",
    papers: "four lines",
  });
});

test("at the door a server is asked with the papers, and papers that open nothing there say so", async () => {
  let wrong = true;
  const { host } = renderPart(<RestoreHere />, {
    restore_sources_here: () => {
      if (wrong) throw new Refused("wrong_sheet", {});
      return {
        rows: [{ installation: "Room-1-0a1b2c3d", own: false, points: [PLAN.point] }],
        more: 0,
      };
    },
    restore_here: ({ check }) => ({
      installation: "Room-1-0a1b2c3d",
      point: PLAN.point,
      entries: 47_402,
      records: check ? null : 1284,
      clinic: check ? null : "University Clinic",
      aside: null,
      files_missing: 0,
      damaged: [],
    }),
  });
  await userEvent.click(screen.getByRole("radio", { name: "The clinic’s server" }));
  await userEvent.type(screen.getByLabelText(/^Address of the server/), "https://desk.example");
  await userEvent.type(screen.getByLabelText(/^Recovery sheet of the computer/), "four line");
  await userEvent.click(screen.getByRole("button", { name: "Look what is there" }));
  await screen.findByText(/^These papers do not open this backup. .* an older one if a new sheet was made/);
  wrong = false;
  await userEvent.type(screen.getByLabelText(/^Recovery sheet of the computer/), "s");
  await userEvent.click(screen.getByRole("button", { name: "Look what is there" }));
  await userEvent.click(await screen.findByRole("button", { name: "Look at it" }));
  await userEvent.click(await screen.findByRole("button", { name: "Restore" }));
  await waitFor(() => expect(host.calls.filter(({ name }) => name === "restore_here")).toHaveLength(2));
  expect(host.calls.at(-1)?.input).toMatchObject({
    from: "https://desk.example",
    papers: "four lines",
    check: false,
  });
});

test("what is damaged is named, counts as no backup, and what a run mended is told", async () => {
  const mended = { at: "2026-11-21T10:31:00+08:00", count: 3, objects: ["log/00000001-00000009"] };
  const hurt = target({ state: "damaged", damaged: "blobs/ab/1", others: ["files/cd/2"], more: 4 });
  const noise = target({ id: "t3", name: "Stick Blue", state: "damaged", attacked: true, fault: "attacked" });
  const good = target({ id: "t2", name: "Stick Red", last: ALL_THERE, mended });
  draw({
    backups: () => shown({ outside: 0, outside_since: null, targets: [hurt, good, noise] }),
  });
  await screen.findByText(
    /^Damaged or gone: blobs\/ab\/1, files\/cd\/2 and 4 more\. The next run writes it again/,
  );
  screen.getByText(/3 objects there were damaged or gone and were put right: log\/\S+ and 2 more\.$/);
  screen.getByText("Everything that is written here is in a backup that was read back: Stick Red.");
  screen.getByText(/^What lies at Clinic file server, Stick Blue counts as no backup/);
  expect(screen.getAllByText(/this may be malware/)).toHaveLength(1);
  expect(screen.getAllByText("not known until it is whole again")).toHaveLength(2);
});

test("a plan names what would not come back, and a damaged point is taken back to the whole one before", async () => {
  const { host } = draw({
    stores_set_aside: () => ({ names: [] }),
    restore_sources: () => ({
      rows: [{ installation: "Room-2-0a1b2c3d", own: true, points: [PLAN.point] }],
      more: 0,
    }),
    plan_restore: ({ point }) => {
      if (point === 7)
        throw new Refused("backup_refused", {
          reason: "damaged",
          object: "trail/00000004-00000009",
          whole_point: 5,
          whole_at: "2026-11-19T16:55:00+08:00",
        });
      return { ...PLAN, files_missing: 2, damaged: ["files/ab/1"] };
    },
  });
  await userEvent.click(await screen.findByRole("button", { name: "Restore from another place" }));
  await userEvent.click(screen.getByRole("button", { name: "Choose a folder or stick" }));
  const seen = vi.spyOn(Element.prototype, "scrollIntoView");
  await userEvent.click(await screen.findByRole("button", { name: /^Look what would change/ }));
  const refusal = await screen.findByText(/Part of this backup is damaged: trail\/00000004-00000009\./);
  screen.getByText("The point of 19-Nov-2026 16:55 is whole.");
  expect((seen.mock.contexts.at(-1) as Element).contains(refusal)).toBe(true);
  await userEvent.click(screen.getByRole("button", { name: "Take that one" }));
  const left = await screen.findByText("files/ab/1");
  expect((seen.mock.contexts.at(-1) as Element).contains(left)).toBe(true);
  screen.getByText(/^The content of 2 files would not come/);
  screen.getByText(/Part of it is damaged\.$/);
  expect(host.calls.filter(({ name }) => name === "plan_restore").at(-1)?.input).toMatchObject({ point: 5 });
  expect(screen.getByRole<HTMLOptionElement>("option", { name: "19-Nov-2026 16:55" }).selected).toBe(true);
});

test("what the next run does with a damaged point is told where there is one", async () => {
  const damaged = (names: readonly string[]) =>
    shown({ targets: [target({ damaged: names[0] ?? null, others: names.slice(1), state: "damaged" })] });
  const { unmount } = draw({ backups: () => damaged(["log/00000001-00000015"]) });
  await screen.findByText(/^Damaged or gone: log.*\. The next run writes it again; until then/);
  unmount();
  draw({ backups: () => damaged(["slots/sheet", "points/0000004"]) });
  await screen.findByText(/takes a damaged point away and leaves the other points/);
});

test("where no earlier point comes back either, that is said", async () => {
  draw({
    plan_restore: () => {
      throw new Refused("backup_refused", { reason: "damaged", object: "slots/workstation", older: "none" });
    },
  });
  await userEvent.click(await screen.findByRole("button", { name: "Restore from here" }));
  await userEvent.click(screen.getByRole("button", { name: /^Look what would change/ }));
  await screen.findByText("No earlier point there comes back either. Choose a backup in another place.");
});

test("what a run mended is told apart from what is damaged now", async () => {
  const mended = { at: "2026-11-22T09:00:00+08:00", count: 1, objects: ["files/cd/2"] };
  draw({ backups: () => shown({ targets: [target({ state: "damaged", damaged: "files/ab/1", mended })] }) });
  const now = await screen.findByText(/Damaged or gone: files\/ab\/1\./);
  expect(now.dataset["over"]).toBe("false");
  expect(screen.getByText(/was put right: files\/cd\/2\./).dataset["over"]).toBe("true");
});

test("of the backups before and after a restore the one with the chosen point is meant", async () => {
  const at = "2026-11-22T10:31:00+08:00";
  const { host } = draw({
    restore_sources: () => ({
      rows: [
        { installation: "1-28100ad8", own: true, points: [{ ...PLAN.point, number: 7 }] },
        { installation: "1-82152cba", own: true, points: [{ number: 7, at, entries: 48_212 }] },
      ],
      more: 0,
    }),
    plan_restore: ({ installation }) => {
      if (installation === undefined) throw new Refused("missing", { field: "installation" });
      return PLAN;
    },
  });
  await userEvent.click(await screen.findByRole("button", { name: "Restore from here" }));
  await userEvent.click(screen.getByRole("button", { name: /^Look what would change/ }));
  await screen.findByText("Backups of several computers lie there. Look which one is meant.");
  expect(screen.queryByText(/Something is missing/)).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: /^Look what would change/ }));
  await screen.findByText("47,390");
  expect(host.calls.filter(({ name }) => name === "plan_restore").at(-1)?.input).toMatchObject({
    installation: "1-82152cba",
    point: 7,
  });
});
