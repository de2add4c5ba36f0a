import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { renderPart } from "../testing/render";
import { Tabs } from "./Tabs";

function Parts() {
  const [value, setValue] = useState<"a" | "b" | "c">("a");
  const tabs = (["a", "b", "c"] as const).map((each) => ({ value: each, label: each.toUpperCase() }));
  return (
    <>
      <Tabs label="Parts" tabs={tabs} value={value} onChange={setValue} controls="part" />
      <div id="part">{value}</div>
    </>
  );
}

test("one tab stop leads to the shown part; the arrow keys move and stop at the ends", async () => {
  renderPart(<Parts />);
  await userEvent.tab();
  expect(document.activeElement?.textContent).toBe("A");
  await userEvent.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}");
  expect(document.activeElement?.textContent).toBe("C");
  expect(screen.getByRole("tab", { selected: true }).textContent).toBe("C");
  await userEvent.keyboard("{Home}{ArrowLeft}");
  expect(screen.getByRole("tab", { selected: true }).textContent).toBe("A");
  await userEvent.tab();
  expect(document.activeElement).toBe(document.body);
});
