import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPart } from "../testing/render";

test("what the pointer rests on says what it is, and not the system in its own look, until something is pressed", async () => {
  renderPart(
    <button type="button" title="History">
      H
    </button>,
  );
  const button = screen.getByRole("button");
  await userEvent.hover(button);
  await screen.findByText("History");
  expect(button.hasAttribute("title")).toBe(false);
  await userEvent.keyboard("x");
  await waitFor(() => expect(screen.queryByText("History")).toBeNull());
  expect(button.title).toBe("History");
});
