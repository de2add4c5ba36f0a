import { useEffect, useState } from "react";
import type { Pages } from "../types";

/** As long as eyes need to find a page that came; a key pressed twice falls within it. */
const GLANCE_MS = 600;

/** Whether the pages that came last have been in sight for a glance, and how to tell that they are shown. */
export function useSeen(pages: Pages | undefined): [boolean, (shown: Pages) => void] {
  const [shown, setShown] = useState<Pages | null>(null);
  const [seen, setSeen] = useState<Pages | null>(null);
  useEffect(() => {
    if (!shown) return;
    const glance = setTimeout(() => setSeen(shown), GLANCE_MS);
    return () => clearTimeout(glance);
  }, [shown]);
  return [pages !== undefined && seen === pages, setShown];
}
