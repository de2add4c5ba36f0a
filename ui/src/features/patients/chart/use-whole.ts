import { useCallback, useEffect, useState } from "react";

/** How many of its `count` children a box shows whole, as the window and the text change; all while nothing was measured. */
export function useWhole(count: number): { ref: (node: HTMLElement | null) => void; whole: number } {
  const [node, setNode] = useState<HTMLElement | null>(null);
  const [whole, setWhole] = useState(count);
  const ref = useCallback((found: HTMLElement | null) => setNode(found), []);
  useEffect(() => {
    if (!node) return;
    const measure = () => {
      // A hair's breadth is rounding.
      const end = node.getBoundingClientRect().bottom + 1;
      const children = [...node.children];
      const cut = children.findIndex((child) => child.getBoundingClientRect().bottom > end);
      setWhole(cut < 0 ? children.length : cut);
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(node);
    return () => watch.disconnect();
  }, [node, count]);
  return { ref, whole: Math.min(whole, count) };
}
