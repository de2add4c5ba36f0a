import type { Tag } from "../generated/commands";
import { asRefused, Refused, type Host, type WindowKind } from "./host";

/**
 * The bridge: the same router over loopback HTTP, for a browser without a window around it.
 * `POST /call/<window>/<name>` answers 200 with the output or 4xx with `{code, fields}`; `/news` is an event
 * stream whose data is a JSON list of tags; `/picture/<id>` is a one-time image, `POST /place` and
 * `POST /folder` answer as the system’s dialogs would, `POST /bring` takes a file, and `POST /code` reads the code in one.
 */
export function httpHost(base = "", first: WindowKind = "lock"): Host {
  let window = first;
  const post = async <T>(
    path: string,
    body: string | ArrayBuffer,
    type: string,
    headers: Record<string, string> = {},
  ): Promise<T> => {
    const response = await fetch(`${base}/${path}`, {
      method: "POST",
      headers: { "content-type": type, ...headers },
      body,
    }).catch(() => {
      throw new Refused("host_unreachable");
    });
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) throw asRefused(answer);
    return answer as T;
  };
  return {
    get window() {
      return window;
    },
    enter(next) {
      window = next;
    },
    call: (name, input) => post(`call/${window}/${name}`, JSON.stringify(input), "application/json") as never,
    choosePlace: (name) => post("place", name, "text/plain"),
    chooseFolder: () => post("folder", "", "text/plain"),
    bring: (file, name) =>
      post("bring", file, "application/octet-stream", { name: encodeURIComponent(name) }),
    codeIn: (file) => post("code", file, "application/octet-stream"),
    // A browser shows the page what is dropped and pasted.
    onDropped: () => () => {},
    pasted: async () => [],
    onNews(listener) {
      const source = new EventSource(`${base}/news`);
      source.onmessage = (event: MessageEvent<string>) => listener(JSON.parse(event.data) as Tag[]);
      return () => source.close();
    },
    onProgress(listener) {
      const source = new EventSource(`${base}/news`);
      source.addEventListener("progress", (event: MessageEvent<string>) =>
        listener(...(JSON.parse(event.data) as [number, number])),
      );
      return () => source.close();
    },
    async openBoard() {
      if (!globalThis.open("#display", "display")) throw new Refused("host_unreachable");
    },
    picture: (id) => `${base}/picture/${encodeURIComponent(id)}`,
  };
}
