import type { Host, WindowKind } from "./host";

/** What stands behind the `#` in the window of the waiting room. */
const BOARD = "#display";

/** The kind of this window as it begins. */
export function windowHere(): WindowKind {
  return globalThis.location.hash === BOARD ? "display" : "lock";
}

/** The host this page runs in: the desktop window where there is one, else the bridge it was served by. */
export async function hostHere(window: WindowKind): Promise<Host> {
  if ("__TAURI_INTERNALS__" in globalThis) {
    const { ready, tauriHost } = await import("./tauri");
    const kept = window === "lock" ? await ready() : {};
    for (const [place, text] of Object.entries(kept)) localStorage.setItem(place, text);
    return tauriHost(window);
  }
  return (await import("./http")).httpHost("", window);
}
