import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { renderPart } from "../testing/render";
import { PrimaryButton } from "./Button";
import { ConfirmDialog } from "./ConfirmDialog";
import { TextField } from "./fields";
import { Pane } from "./Pane";
import { PickField } from "./PickField";
import { RefusalNote } from "./RefusalNote";
import { Segmented } from "./Segmented";
import { Skeleton } from "./Skeleton";

afterEach(() => vi.useRealTimers());

test("a field's trouble is tied to the field", () => {
  renderPart(
    <TextField label="Name" value="" onChange={vi.fn()} error="Write a name." hint="As in the passport" />,
  );
  const field = screen.getByRole("textbox", { name: "Name" });
  expect(field.getAttribute("aria-invalid")).toBe("true");
  const told = (field.getAttribute("aria-describedby") ?? "")
    .trim()
    .split(/\s+/)
    .map((id) => document.getElementById(id));
  expect(told.map((node) => node?.textContent).sort()).toEqual(["As in the passport", "Write a name."]);
});

test("one of a few is chosen by the arrow keys or its first letter", async () => {
  function Verdict() {
    const [value, setValue] = useState<"fit" | "unfit">("fit");
    const options = [
      { value: "fit", label: "Fit" },
      { value: "unfit", label: "Not fit" },
    ] as const;
    return <Segmented label="Verdict" value={value} onChange={setValue} options={options} />;
  }
  renderPart(<Verdict />);
  screen.getByRole("radiogroup", { name: "Verdict" });
  await userEvent.tab();
  await userEvent.keyboard("{ArrowRight}");
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Not fit" }).checked).toBe(true);
  await userEvent.keyboard("f");
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Fit" }).checked).toBe(true);
  expect(document.activeElement).toBe(screen.getByRole("radio", { name: "Fit" }));
});

test("the main act is pressed by its shortcut, but not while it is at work", async () => {
  const sign = vi.fn();
  const button = (loading: boolean) => (
    <PrimaryButton shortcut="mod+Enter" onClick={sign} loading={loading}>
      Sign
    </PrimaryButton>
  );
  renderPart(button(false));
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(sign).toHaveBeenCalledTimes(1);
  expect(screen.getByRole("button", { name: "Sign" }).getAttribute("aria-keyshortcuts")).toBe(
    "Control+Enter",
  );
});

test("a main act at work cannot be pressed a second time", async () => {
  const sign = vi.fn();
  renderPart(
    <PrimaryButton shortcut="mod+Enter" onClick={sign} loading>
      Sign
    </PrimaryButton>,
  );
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(sign).not.toHaveBeenCalled();
});

test("a pane closes by Escape", async () => {
  const close = vi.fn();
  renderPart(
    <Pane title="Note" onClose={close}>
      text
    </Pane>,
  );
  screen.getByRole("region", { name: "Note" });
  await userEvent.keyboard("{Escape}");
  expect(close).toHaveBeenCalledTimes(1);
});

test("Escape closes what floats over a pane, and the pane only after it", async () => {
  const close = vi.fn();
  function Over() {
    const [opened, setOpened] = useState(true);
    return (
      <Pane title="Note" onClose={close}>
        <ConfirmDialog
          opened={opened}
          title="Sure?"
          act="Go"
          onAct={vi.fn()}
          onClose={() => setOpened(false)}
        >
          text
        </ConfirmDialog>
      </Pane>
    );
  }
  renderPart(<Over />);
  await screen.findByRole("dialog", { name: "Sure?" });
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(close).not.toHaveBeenCalled();
  await userEvent.keyboard("{Escape}");
  expect(close).toHaveBeenCalledTimes(1);
});

test("Escape closes the list of a field first", async () => {
  const close = vi.fn();
  renderPart(
    <Pane title="Details" onClose={close}>
      <PickField label="Country" nothing="None" options={["PH", "MX"]} value="" onChange={vi.fn()} />
    </Pane>,
  );
  const field = screen.getByRole("combobox", { name: "Country" });
  await userEvent.click(field);
  expect(field.getAttribute("aria-expanded")).toBe("true");
  await userEvent.keyboard("{Escape}");
  expect(field.getAttribute("aria-expanded")).toBe("false");
  expect(close).not.toHaveBeenCalled();
  await userEvent.keyboard("{Escape}");
  expect(close).toHaveBeenCalledTimes(1);
});

test("what cannot be undone starts on Cancel", async () => {
  const remove = vi.fn();
  const close = vi.fn();
  renderPart(
    <ConfirmDialog opened title="Remove it?" act="Remove" onAct={remove} onClose={close}>
      For ever.
    </ConfirmDialog>,
  );
  await screen.findByRole("dialog", { name: "Remove it?" });
  expect(document.activeElement?.textContent).toBe("Cancel");
  await userEvent.keyboard("{Enter}");
  expect(close).toHaveBeenCalledTimes(1);
  expect(remove).not.toHaveBeenCalled();
});

test("a skeleton is seen only after 200 ms", () => {
  vi.useFakeTimers();
  const { container } = renderPart(<Skeleton />);
  const shown = () => container.querySelector("[aria-busy]")?.getAttribute("data-shown");
  act(() => void vi.advanceTimersByTime(199));
  expect(shown()).toBe("false");
  act(() => void vi.advanceTimersByTime(1));
  expect(shown()).toBe("true");
});

test("what is refused for good offers no second try", () => {
  renderPart(<RefusalNote refused={{ code: "not_permitted", fields: {} }} onRetry={vi.fn()} />);
  screen.getByText("Your role does not permit this.");
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
});

test("a refusal is read out and can be tried again", async () => {
  const retry = vi.fn();
  renderPart(<RefusalNote refused={{ code: "host_unreachable", fields: {} }} onRetry={retry} />);
  expect(screen.getByRole("alert").textContent).toContain("ClinicDesk did not answer.");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(retry).toHaveBeenCalledTimes(1);
});
