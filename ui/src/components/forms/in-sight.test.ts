import { expect, test } from "vitest";
import { isInSight } from "./in-sight";

test("what lies below the edge of what scrolls around it is not in sight", () => {
  const [pane, inner, note] = ["div", "div", "p"].map((tag) => document.createElement(tag));
  if (!pane || !inner || !note) throw new Error();
  pane.style.overflowY = "auto";
  pane.append(inner);
  inner.append(note);
  document.body.append(pane);
  const lies = (element: Element, top: number, bottom: number) => {
    element.getBoundingClientRect = () => ({ top, bottom }) as DOMRect;
  };
  lies(pane, 100, 500);
  lies(note, 480, 500);
  expect(isInSight(note)).toBe(true);
  lies(note, 490, 510);
  expect(isInSight(note)).toBe(false);
  lies(note, 90, 110);
  expect(isInSight(note)).toBe(false);
});
