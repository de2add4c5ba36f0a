import { useCallback, useEffect, useState } from "react";

/** Where nothing has been measured yet. */
const USUAL = 96;
/** Lines that the allergies may take. */
const LINES = 2;

/** How many signs of the allergies have room beside the name, as the window and the text change. */
export function useRoom(): { ref: (node: HTMLElement | null) => void; room: number } {
  const [node, setNode] = useState<HTMLElement | null>(null);
  const [room, setRoom] = useState(USUAL);
  const ref = useCallback((found: HTMLElement | null) => setNode(found), []);
  useEffect(() => {
    if (!node) return;
    const measure = () => {
      const [name] = node.children;
      const width = node.clientWidth;
      if (!name || width === 0) return;
      const { fontSize, flexWrap } = getComputedStyle(node);
      const size = Number.parseFloat(fontSize);
      // A long name gives way to half of the line, unless the allergies have lines of their own; the sign, the border
      // and the gaps take four letters.
      const beside = flexWrap === "wrap" ? width : width - Math.min(name.scrollWidth, width / 2);
      setRoom(Math.floor(LINES * (beside / (size * WIDE) - 6)));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(node);
    return () => watch.disconnect();
  }, [node]);
  return { ref, room };
}

/** The width of a letter of the allergies, of the text's size: semibold and a little smaller than the text. */
const WIDE = 0.53;
