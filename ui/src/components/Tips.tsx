import { useEffect, useState } from "react";
import style from "./Tips.module.css";

/** How long the pointer rests on something before it says what it is, in milliseconds. */
const REST = 400;
/** From its element, and from the edge of the window, in pixels. */
const GAP = 6;
/** No words are longer in one line, in rem. */
const WIDTH = 20;

interface Tip {
  words: string;
  /** The middle of its place, and the edge of the element that it is about. */
  x: number;
  y: number;
  below: boolean;
  /** Where in its place it stands: in the middle, unless the window ends before. */
  at: "start" | "center" | "end";
}

/**
 * Says in the look of the page what elements say of themselves by their `title`: the system's own box is dark in each theme and
 * lies on what opens below. It stands above its element, and goes as soon as anything is done.
 */
export function Tips() {
  const [tip, setTip] = useState<Tip | null>(null);
  useEffect(() => {
    let about: Element | null = null;
    let words = "";
    let rest = 0;
    const end = () => {
      clearTimeout(rest);
      // Another title may have come meanwhile.
      if (about && !about.hasAttribute("title")) about.setAttribute("title", words);
      about = null;
      setTip(null);
    };
    const show = () => {
      if (!about?.isConnected) return end();
      const { left, right, top, bottom } = about.getBoundingClientRect();
      const middle = (left + right) / 2;
      const half = (WIDTH / 2) * Number.parseFloat(getComputedStyle(document.documentElement).fontSize) + GAP;
      const last = window.innerWidth - half;
      const at = middle < half ? "start" : middle > last ? "end" : "center";
      const below = top < 40;
      const y = below ? bottom + GAP : top - GAP;
      setTip({ words, x: Math.max(half, Math.min(middle, last)), y, below, at });
    };
    const over = ({ target }: Event) => {
      if (!(target instanceof Element) || about?.contains(target)) return;
      end();
      about = target.closest("[title]");
      words = about?.getAttribute("title") ?? "";
      // As long as ours is to be shown the system shows none.
      about?.removeAttribute("title");
      if (words) rest = window.setTimeout(show, REST);
    };
    const ends = ["pointerdown", "keydown", "wheel", "blur"] as const;
    document.addEventListener("pointerover", over);
    for (const each of ends) window.addEventListener(each, end, { capture: true });
    return () => {
      end();
      document.removeEventListener("pointerover", over);
      for (const each of ends) window.removeEventListener(each, end, { capture: true });
    };
  }, []);
  if (!tip) return null;
  return (
    <div
      className={style["tip"]}
      data-below={tip.below}
      // Its element says it to who does not see it.
      aria-hidden="true"
      style={{ left: tip.x, top: tip.y, width: `${WIDTH}rem`, justifyContent: tip.at }}
    >
      <span>{tip.words}</span>
    </div>
  );
}
