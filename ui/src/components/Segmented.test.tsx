import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { renderPart } from "../testing/render";
import { Segmented } from "./Segmented";

function Slip() {
  const [value, setValue] = useState("class");
  const options = ["Class", "Home", "Hospital"].map((label) => ({ value: label.toLowerCase(), label }));
  return <Segmented label="Goes to" value={value} options={options} onChange={setValue} />;
}

test("a letter chooses the next option that begins with it", async () => {
  renderPart(<Slip />);
  screen.getByRole("radio", { name: "Class" }).focus();
  for (const name of ["Home", "Hospital", "Home"]) {
    await userEvent.keyboard("h");
    const option = screen.getByRole<HTMLInputElement>("radio", { name });
    expect(option.checked).toBe(true);
    expect(document.activeElement).toBe(option);
  }
});
