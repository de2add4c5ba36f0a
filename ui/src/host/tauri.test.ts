import { clearMocks, mockConvertFileSrc, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, expect, test } from "vitest";
import type { CommandName } from "./host";
import { hostHere } from "./here";
import { tauriHost } from "./tauri";

const name = "any_command" as CommandName;

afterEach(clearMocks);

test("a call goes through the entry command of its window", async () => {
  const seen: unknown[] = [];
  mockIPC((command, args) => {
    seen.push([command, args]);
    return 7;
  });
  const host = tauriHost();
  expect(await host.call(name, { q: 1 } as never)).toBe(7);
  host.enter("main");
  await host.call(name, null as never);
  expect(seen).toEqual([
    ["lock", { name: "any_command", input: { q: 1 } }],
    ["main", { name: "any_command", input: null }],
  ]);
});

test("the page waits until its process may come to the desk, and the board in its own window does not", async () => {
  const asked: string[] = [];
  const opening: ((kept: Record<string, string>) => void)[] = [];
  mockIPC((command) => {
    asked.push(command);
    return new Promise((opened) => opening.push(opened));
  });
  expect((await hostHere("display")).window).toBe("display");
  const host = hostHere("lock");
  expect(await Promise.race([host, new Promise((later) => setTimeout(later, 50, "waits"))])).toBe("waits");
  opening[0]?.({ colours: "dark" });
  expect((await host).window).toBe("lock");
  expect(localStorage.getItem("colours")).toBe("dark");
  expect(asked).toEqual(["ready"]);
});

test("a rejection becomes a refusal with its code and fields", async () => {
  mockIPC(() => Promise.reject({ code: "wait", fields: { seconds: 30 } }));
  await expect(tauriHost().call(name, null as never)).rejects.toMatchObject({
    name: "Refused",
    code: "wait",
    fields: { seconds: 30 },
  });
});

test("a place is an id and a file goes over as it is, and refusals keep their code", async () => {
  const seen: unknown[] = [];
  mockIPC((command, args) => {
    seen.push([command, args]);
    if (command === "folder") return { id: "7", name: "Backups" };
    return command === "code" ? { text: "CODE", pdf: null } : "7";
  });
  expect(await tauriHost().choosePlace("paper.pdf")).toBe("7");
  expect(await tauriHost().codeIn(new Uint8Array([97, 98]).buffer)).toEqual({ text: "CODE", pdf: null });
  expect(await tauriHost().chooseFolder()).toEqual({ id: "7", name: "Backups" });
  expect(await tauriHost().bring(new Uint8Array([99]).buffer, "Mejía.pdf")).toBe("7");
  expect(seen).toEqual([
    ["place", { name: "paper.pdf" }],
    ["code", new Uint8Array([97, 98])],
    ["folder", {}],
    ["bring", new Uint8Array([99])],
  ]);
  mockIPC(() => Promise.reject({ code: "unreadable_code", fields: { reason: "kind" } }));
  await expect(tauriHost().codeIn(new ArrayBuffer(0))).rejects.toMatchObject({ code: "unreadable_code" });
  await expect(tauriHost().chooseFolder()).rejects.toMatchObject({ name: "Refused" });
  await expect(tauriHost().choosePlace("x")).rejects.toMatchObject({ name: "Refused" });
});

test("a picture has an address in its own scheme", () => {
  mockConvertFileSrc("linux");
  expect(tauriHost().picture("a/b")).toBe("clinicdesk://localhost/picture/a%2Fb");
  mockConvertFileSrc("windows");
  expect(tauriHost().picture("7")).toBe("http://clinicdesk.localhost/picture/7");
});

test("what was dropped or pasted is a file whose bytes come from the host once they are read", async () => {
  const offered = { id: "7", name: "scan", size: 3, media_type: "application/pdf" };
  mockIPC((command, args) => {
    if (command === "pasted") return [offered];
    expect([command, args]).toEqual(["offered", { id: "7" }]);
    return new Uint8Array([1, 2, 3]).buffer;
  });
  const [file] = await tauriHost().pasted();
  expect(file).toMatchObject({ name: "scan", size: 3, type: "application/pdf" });
  expect(new Uint8Array((await file?.arrayBuffer()) ?? [])).toEqual(new Uint8Array([1, 2, 3]));
  expect(new Uint8Array((await file?.slice(0, 2).arrayBuffer()) ?? [])).toEqual(new Uint8Array([1, 2]));
  mockIPC(() => Promise.reject({ code: "file_unfit", fields: {} }));
  await expect(file?.arrayBuffer()).rejects.toMatchObject({ code: "file_unfit" });
});
