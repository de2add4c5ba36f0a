import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { renderPart } from "../testing/render";
import { Chips } from "./Chips";

function Kinds() {
  const [value, setValue] = useState<string[]>([]);
  const chips = ["Notes", "Visits"].map((label) => ({ value: label, label, count: 2 }));
  return (
    <Chips
      label="Kinds"
      all={{ label: "All", count: 2013 }}
      chips={chips}
      value={value}
      onChange={setValue}
    />
  );
}

const pressed = () => screen.getAllByRole("button", { pressed: true }).map((chip) => chip.textContent);

test("several kinds may be chosen, and the last one taken back shows all", async () => {
  renderPart(<Kinds />);
  expect(pressed()).toEqual(["All 2,013"]);
  await userEvent.click(screen.getByRole("button", { name: "Notes 2" }));
  await userEvent.click(screen.getByRole("button", { name: "Visits 2" }));
  expect(pressed()).toEqual(["Notes 2", "Visits 2"]);
  await userEvent.click(screen.getByRole("button", { name: "All 2,013" }));
  expect(pressed()).toEqual(["All 2,013"]);
});
