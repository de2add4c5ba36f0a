import type { Host, WindowKind } from "./host";

/** What stands behind the `#` in the window of the waiting room. */
const BOARD = "#display";

/** The kind of this window as it begins. */
export function windowHere(): WindowKind {
  return globalThis.location.hash === BOARD ? "display" : "lock";
}

/** The host this page runs in: the desktop window where there is one, else the bridge it was served by. */
export async function hostHere(window: WindowKind): Promise<Host> {
  if ("__TAURI_INTERNALS__" in globalThis) return (await import("./tauri")).tauriHost(window);
  return (await import("./http")).httpHost("", window);
}
