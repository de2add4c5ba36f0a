import type { Tag } from "../generated/commands";
import { asRefused, Refused, type Host, type WindowKind } from "./host";

/**
 * The bridge: the same router over loopback HTTP, for a browser without a window around it.
 * `POST /call/<window>/<name>` answers 200 with the output or 4xx with `{code, fields}`; `/news` is an event
 * stream whose data is a JSON list of tags; `/picture/<id>` is a one-time image.
 */
export function httpHost(base = "", first: WindowKind = "lock"): Host {
  let window = first;
  return {
    get window() {
      return window;
    },
    enter(next) {
      window = next;
    },
    async call(name, input) {
      const response = await fetch(`${base}/call/${window}/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(input),
      }).catch(() => {
        throw new Refused("host_unreachable");
      });
      const body: unknown = await response.json().catch(() => null);
      if (!response.ok) throw asRefused(body);
      return body as never;
    },
    onNews(listener) {
      const source = new EventSource(`${base}/news`);
      source.onmessage = (event: MessageEvent<string>) => listener(JSON.parse(event.data) as Tag[]);
      return () => source.close();
    },
    picture: (id) => `${base}/picture/${encodeURIComponent(id)}`,
  };
}
