import { afterEach, expect, test, vi } from "vitest";
import type { CommandName } from "./host";
import { httpHost } from "./http";

const name = "any_command" as CommandName;

function answer(status: number, body: unknown) {
  const fetched = vi.fn(async () => new Response(JSON.stringify(body), { status }));
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

test("a call goes to its window's part of the list and brings the output", async () => {
  const fetched = answer(200, { a: 1 });
  const host = httpHost("http://127.0.0.1:1");
  expect(await host.call(name, { q: "x" } as never)).toEqual({ a: 1 });
  host.enter("main");
  await host.call(name, null as never);
  expect(fetched.mock.calls).toMatchObject([
    ["http://127.0.0.1:1/call/lock/any_command", { method: "POST", body: '{"q":"x"}' }],
    ["http://127.0.0.1:1/call/main/any_command", { body: "null" }],
  ]);
});

test("a refusal keeps its code and fields", async () => {
  answer(403, { code: "not_allowed", fields: { permission: "patient.read" } });
  await expect(httpHost().call(name, null as never)).rejects.toMatchObject({
    name: "Refused",
    code: "not_allowed",
    fields: { permission: "patient.read" },
  });
});

test("an answer that is none is told as such", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("refused")));
  await expect(httpHost().call(name, null as never)).rejects.toMatchObject({ code: "host_unreachable" });
  answer(500, "<html>");
  await expect(httpHost().call(name, null as never)).rejects.toMatchObject({ code: "host_unreachable" });
});

test("a place and a code are asked for beside the commands", async () => {
  const fetched = answer(200, null);
  expect(await httpHost().choosePlace("paper.pdf")).toBeNull();
  answer(422, { code: "unreadable_code", fields: { reason: "kind" } });
  await expect(httpHost().codeIn(new ArrayBuffer(1))).rejects.toMatchObject({ fields: { reason: "kind" } });
  expect(fetched.mock.calls).toMatchObject([["/place", { method: "POST", body: "paper.pdf" }]]);
});

test("a file is handed over byte for byte, and a folder is asked for", async () => {
  const fetched = answer(200, { id: "7", name: "backups" });
  const file = new Uint8Array([255, 216]).buffer;
  await httpHost().bring(file, "Mejía.pdf");
  expect(await httpHost().chooseFolder()).toEqual({ id: "7", name: "backups" });
  expect(fetched.mock.calls).toMatchObject([
    ["/bring", { method: "POST", body: file, headers: { name: "Mej%C3%ADa.pdf" } }],
    ["/folder", { method: "POST" }],
  ]);
});

test("the address of a picture cannot leave its folder", () => {
  expect(httpHost().picture("../call/main/x")).toBe("/picture/..%2Fcall%2Fmain%2Fx");
});
