import type { Host } from "./host";

/** The host this page runs in: the desktop window where there is one, else the bridge it was served by. */
export async function hostHere(): Promise<Host> {
  if ("__TAURI_INTERNALS__" in globalThis) return (await import("./tauri")).tauriHost();
  return (await import("./http")).httpHost();
}
