import { useCallback, useEffect, useState } from "react";
import type { Area } from "./zoom";

/** The place inside an element, without its padding, as the window changes. */
export function useArea(): { ref: (node: HTMLElement | null) => void; area: Area } {
  const [node, setNode] = useState<HTMLElement | null>(null);
  const [area, setArea] = useState<Area>({ width: 0, height: 0 });
  const ref = useCallback((found: HTMLElement | null) => setNode(found), []);
  useEffect(() => {
    if (!node) return;
    const measure = () => {
      const { paddingLeft, paddingRight, paddingTop, paddingBottom } = getComputedStyle(node);
      const inner = (whole: number, ...paddings: string[]) =>
        Math.max(0, whole - paddings.reduce((sum, each) => sum + (Number.parseFloat(each) || 0), 0));
      setArea({
        width: inner(node.clientWidth, paddingLeft, paddingRight),
        height: inner(node.clientHeight, paddingTop, paddingBottom),
      });
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(node);
    return () => watch.disconnect();
  }, [node]);
  return { ref, area };
}
