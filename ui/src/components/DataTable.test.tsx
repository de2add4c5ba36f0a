import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { renderPart } from "../testing/render";
import { DataTable } from "./DataTable";

const table = (rows: string[], onOpen?: (row: string) => void) => (
  <DataTable
    caption="Names"
    columns={[{ head: "Name", show: (row: string) => row }]}
    rows={rows}
    keyOf={(row) => row}
    {...(onOpen ? { onOpen } : {})}
    empty={<p>Nobody yet</p>}
  />
);

test("one tab stop leads into the rows, the arrows along them, Enter opens", async () => {
  const opened = vi.fn();
  renderPart(table(["Ana", "Ben", "Cy"], opened));
  await userEvent.tab();
  expect(document.activeElement?.textContent).toBe("Ana");
  await userEvent.keyboard("{ArrowDown}");
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Ben"));
  await userEvent.keyboard("{End}");
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Cy"));
  await userEvent.keyboard("{Enter}");
  expect(opened.mock.calls).toEqual([["Cy"]]);
});

test("the next tab leaves the rows", async () => {
  renderPart(table(["Ana", "Ben"], vi.fn()));
  await userEvent.tab();
  await userEvent.tab();
  await new Promise((frame) => requestAnimationFrame(frame));
  expect(document.activeElement).toBe(document.body);
});

test("rows that cannot be opened take no keys", async () => {
  renderPart(table(["Ana"]));
  await userEvent.tab();
  expect(document.activeElement).toBe(document.body);
});

test("an empty table says what belongs there", () => {
  renderPart(table([]));
  expect(screen.getByText("Nobody yet")).toBeTruthy();
  expect(screen.queryByRole("table")).toBeNull();
});
