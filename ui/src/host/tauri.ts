import { convertFileSrc, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Tag } from "../generated/commands";
import { asRefused, type Host, type Paper, type WindowKind } from "./host";

/** The desktop window: one entry command per kind of window, news as an event, images by their own scheme. */
export function tauriHost(first: WindowKind = "lock"): Host {
  let window = first;
  return {
    get window() {
      return window;
    },
    enter(next) {
      window = next;
    },
    async call(name, input) {
      try {
        return await invoke(window, { name, input });
      } catch (reason) {
        throw asRefused(reason);
      }
    },
    onNews(listener) {
      const stop = listen<Tag[]>("news", (event) => listener(event.payload));
      return () => void stop.then((unlisten) => unlisten());
    },
    onProgress(listener) {
      const stop = listen<[number, number]>("progress", (event) => listener(...event.payload));
      return () => void stop.then((unlisten) => unlisten());
    },
    // convertFileSrc escapes the slash, so the path is put after it.
    async choosePlace(name) {
      try {
        return await invoke<string | null>("place", { name });
      } catch (reason) {
        throw asRefused(reason);
      }
    },
    async chooseFolder() {
      try {
        return await invoke<string | null>("folder");
      } catch (reason) {
        throw asRefused(reason);
      }
    },
    async codeIn(file) {
      try {
        return await invoke<Paper>("code", new Uint8Array(file));
      } catch (reason) {
        throw asRefused(reason);
      }
    },
    openBoard: () => invoke("board"),
    picture: (id) => `${convertFileSrc("picture", "clinicdesk")}/${encodeURIComponent(id)}`,
  };
}
