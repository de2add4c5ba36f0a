import { expect, test } from "vitest";
import { classesOf } from "./css-classes.js";

test("a class is what a rule selects, wherever it stands, and nothing of a value or a comment", () => {
  const css = `
    /* .gone is no class */
    .pane { margin: 0.5rem; background: url(a.png); }
    .head > .title:hover, .row[data-x="1"] { color: red; }
    @media (max-width: 60.5rem) { .narrow { gap: 0; } }
  `;
  expect([...classesOf(css)].sort()).toEqual(["head", "narrow", "pane", "row", "title"]);
});
