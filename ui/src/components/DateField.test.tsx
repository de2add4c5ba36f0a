import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { renderPart } from "../testing/render";
import { DateField } from "./DateField";

function Born({ told }: { told: (date: string) => void }) {
  const [value, setValue] = useState("");
  const change = (date: string) => {
    setValue(date);
    told(date);
  };
  return <DateField label="Born" value={value} onChange={change} today="2026-11-22" tellAge />;
}

const field = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Born" });

test("a typed date is told as it is read, and written out when the field is left", async () => {
  const told = vi.fn();
  renderPart(<Born told={told} />);
  await userEvent.type(field(), "14/7/1999");
  expect(screen.getByText("14-Jul-1999 · 27y")).toBeTruthy();
  await userEvent.tab();
  expect(field().value).toBe("14-Jul-1999");
  expect(told).toHaveBeenLastCalledWith("1999-07-14");
});

test("an age gives an estimated year", async () => {
  const told = vi.fn();
  renderPart(<Born told={told} />);
  await userEvent.type(field(), "27y");
  expect(screen.getByText("~1999 · ~27y")).toBeTruthy();
  expect(told).toHaveBeenLastCalledWith("~1999");
});

test("what is no date is told at the field, once it is left, and gives no value", async () => {
  const told = vi.fn();
  renderPart(<Born told={told} />);
  await userEvent.type(field(), "31/4/1999");
  expect(field().getAttribute("aria-invalid")).not.toBe("true");
  await userEvent.tab();
  expect(field().getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText("The calendar has no such day.")).toBeTruthy();
  expect(told).toHaveBeenLastCalledWith("");
});

test("a form hears while what stands there is no date", async () => {
  const unread = vi.fn();
  renderPart(<DateField label="Born" value="" onChange={vi.fn()} today="2026-11-22" onUnread={unread} />);
  await userEvent.type(field(), "14/7");
  expect(unread).toHaveBeenLastCalledWith({ text: "14/7", trouble: "short_year" });
  await userEvent.type(field(), "/1999");
  expect(unread).toHaveBeenLastCalledWith(null);
  await userEvent.clear(field());
  expect(unread).toHaveBeenLastCalledWith(null);
});

test("what was left and could not be read stands as it was typed, and is taken once it is a date", async () => {
  const told = vi.fn();
  const unread = vi.fn();
  const born = { label: "Born", value: "", onChange: told, onUnread: unread };
  const { unmount } = renderPart(<DateField {...born} today="2026-11-22" unread="23/11/2026" />);
  expect(field().value).toBe("23/11/2026");
  screen.getByText("This day is still to come.");
  unmount();
  renderPart(<DateField {...born} today="2026-11-23" unread="23/11/2026" />);
  await userEvent.click(field());
  await userEvent.tab();
  expect(told).toHaveBeenLastCalledWith("2026-11-23");
  expect(unread).toHaveBeenLastCalledWith(null);
});
