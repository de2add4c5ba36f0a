import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { CONTENT_ID } from "./Frame";

/**
 * After a change of screen the keys start at its heading, which is read out; without one, at the content.
 * A field that asked for the focus keeps it, and so does a change of search alone.
 */
export function useRouteFocus(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ pathChanged, fromLocation }) => {
        if (!pathChanged || !fromLocation) return;
        const content = document.getElementById(CONTENT_ID);
        if (content?.contains(document.activeElement) && document.activeElement !== content) return;
        (content?.querySelector<HTMLElement>("h1[tabindex]") ?? content)?.focus();
      }),
    [router],
  );
}
