import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { useHost } from "./HostProvider";

/** How a drag or a clipboard names files of the computer, and pages elsewhere. */
const ADDRESSES = "text/uri-list";

/**
 * Takes files that are dropped anywhere on the window while this part is on screen. The web view of Linux shows the page none
 * of them, and the host tells of them.
 */
export function useDropped(onFiles: (files: readonly File[]) => void, enabled = true): void {
  const host = useHost();
  const { t } = useTranslation();
  const taken = useEffectEvent(onFiles);
  const words = t("files.drop");
  useEffect(() => {
    if (!enabled) return;
    const shown = document.documentElement.dataset;
    const left = () => delete shown["drop"];
    // A link of the page is dragged by a hand that slipped.
    let own = false;
    const slip = (event: DragEvent) => void (own = event.type === "dragstart");
    const over = (event: DragEvent) => {
      if (own || !event.dataTransfer?.types.some((type) => type === "Files" || type === ADDRESSES)) return;
      event.preventDefault();
      shown["drop"] = words;
    };
    const leave = (event: DragEvent) => void (event.relatedTarget ?? left());
    const drop = (event: DragEvent) => {
      left();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      taken(files);
    };
    const stop = host.onDropped((files) => {
      left();
      if (files.length > 0) taken(files);
    });
    document.addEventListener("dragstart", slip);
    document.addEventListener("dragend", slip);
    document.addEventListener("dragover", over);
    document.addEventListener("dragleave", leave);
    document.addEventListener("drop", drop);
    return () => {
      stop();
      left();
      document.removeEventListener("dragstart", slip);
      document.removeEventListener("dragend", slip);
      document.removeEventListener("dragover", over);
      document.removeEventListener("dragleave", leave);
      document.removeEventListener("drop", drop);
    };
  }, [enabled, host, words]);
}

/**
 * Takes files that are pasted anywhere on the window while this part is on screen; pasted text goes where it was meant. The web
 * view of Linux shows the page none of them, and the host reads them when somebody pastes.
 */
export function usePasted(onFiles: (files: readonly File[]) => void, enabled = true): void {
  const host = useHost();
  const taken = useEffectEvent(onFiles);
  useEffect(() => {
    if (!enabled) return;
    const paste = async (event: ClipboardEvent) => {
      const { clipboardData: data, target } = event;
      if (!data) return;
      const typed = target instanceof Element && target.matches("input, textarea, [contenteditable]");
      // A web view that keeps files to itself says that there are addresses and not which.
      const hidden = data.types.includes(ADDRESSES) && data.getData(ADDRESSES) === "";
      if (typed && !hidden && data.getData("text/plain") !== "") return;
      const files = [...data.files];
      if (files.length > 0 || hidden) event.preventDefault();
      if (files.length === 0) files.push(...(await host.pasted().catch(() => [])));
      if (files.length > 0) taken(files);
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, [enabled, host]);
}
