import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { PANE_TITLE } from "../components/pane-keys";
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
        const { activeElement: now } = document;
        if (content?.contains(now) && now !== content && !now?.matches(PANE_TITLE)) return;
        (content?.querySelector<HTMLElement>("h1[tabindex]") ?? content)?.focus();
      }),
    [router],
  );
}
