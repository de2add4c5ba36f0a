import { convertFileSrc, invoke, type InvokeArgs } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Tag } from "../generated/commands";
import { HostFile, type Offered } from "./host-file";
import { asRefused, type Host, type WindowKind } from "./host";

/**
 * Answers once this process may come to the desk: until then the one before it is there, and the window is hidden. What the
 * page there has kept at this computer comes with it, because it may be newer than what this web view has read.
 */
export function ready(): Promise<Record<string, string>> {
  return invoke("ready");
}

/** The desktop window: one entry command per kind of window, news as an event, images by their own scheme. */
export function tauriHost(first: WindowKind = "lock"): Host {
  let window = first;
  const ask = async <T>(
    command: string,
    input?: InvokeArgs,
    headers?: Record<string, string>,
  ): Promise<T> => {
    try {
      return await invoke<T>(command, input, headers && { headers });
    } catch (reason) {
      throw asRefused(reason);
    }
  };
  const filesOf = (offered: readonly Offered[]) =>
    offered.map((each) => new HostFile(each, () => ask("offered", { id: each.id })));
  return {
    get window() {
      return window;
    },
    enter(next) {
      window = next;
    },
    call: (name, input) => ask(window, { name, input }),
    onNews(listener) {
      const stop = listen<Tag[]>("news", (event) => listener(event.payload));
      return () => void stop.then((unlisten) => unlisten());
    },
    onProgress(listener) {
      const stop = listen<[number, number]>("progress", (event) => listener(...event.payload));
      return () => void stop.then((unlisten) => unlisten());
    },
    choosePlace: (name) => ask("place", { name }),
    chooseFolder: () => ask("folder"),
    // A header holds no other letters.
    bring: (file, name) => ask("bring", new Uint8Array(file), { name: encodeURIComponent(name) }),
    onDropped(listener) {
      const stop = listen<Offered[]>("dropped", (event) => listener(filesOf(event.payload)));
      return () => void stop.then((unlisten) => unlisten());
    },
    pasted: async () => filesOf(await ask("pasted")),
    codeIn: (file) => ask("code", new Uint8Array(file)),
    openBoard: () => invoke("board"),
    // convertFileSrc escapes the slash, so the path is put after it.
    picture: (id) => `${convertFileSrc("picture", "clinicdesk")}/${encodeURIComponent(id)}`,
  };
}
