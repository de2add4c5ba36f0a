import { useCallback, useEffect, useState } from "react";

/**
 * Whether the end of what `what` shows came into sight, and the mark that stands there. Null has its end in sight at
 * once, and so has everything where nobody can tell.
 */
export function useEnd<T extends object>(
  what: T | null,
): { end: (node: HTMLElement | null) => void; reached: boolean } {
  const [node, setNode] = useState<HTMLElement | null>(null);
  const [reached, setReached] = useState<T | null>(null);
  const end = useCallback((found: HTMLElement | null) => setNode(found), []);
  const blind = typeof IntersectionObserver === "undefined";
  useEffect(() => {
    if (!node || !what || blind) return;
    const watch = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setReached(what),
    );
    watch.observe(node);
    return () => watch.disconnect();
  }, [node, what, blind]);
  return { end, reached: what === null || blind || reached === what };
}
