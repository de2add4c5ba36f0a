import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { comboAria, comboText, useHotkey } from "./hotkey";

function Keys({ act, combo, enabled }: { act: () => void; combo: string; enabled?: boolean }) {
  useHotkey(combo, act, enabled);
  return <input />;
}

test("a bare character acts in the window but is typed in a field", async () => {
  const act = vi.fn();
  render(<Keys act={act} combo="/" />);
  await userEvent.keyboard("/");
  expect(act).toHaveBeenCalledTimes(1);
  await userEvent.type(screen.getByRole("textbox"), "1/2");
  expect(act).toHaveBeenCalledTimes(1);
  expect(screen.getByRole<HTMLInputElement>("textbox").value).toBe("1/2");
});

test("under a dialog a bare character does nothing, and a combination acts", async () => {
  const [bare, whole] = [vi.fn(), vi.fn()];
  render(
    <>
      <Keys act={bare} combo="e" />
      <Keys act={whole} combo="mod+K" />
      <div role="dialog" aria-modal="true" />
    </>,
  );
  await userEvent.keyboard("e{Control>}k{/Control}");
  expect(bare).not.toHaveBeenCalled();
  expect(whole).toHaveBeenCalledTimes(1);
});

test("a combination acts in a field too, and only with exactly its modifiers", async () => {
  const act = vi.fn();
  render(<Keys act={act} combo="mod+Enter" />);
  await userEvent.click(screen.getByRole("textbox"));
  await userEvent.keyboard("{Enter}{Control>}{Shift>}{Enter}{/Shift}{/Control}");
  expect(act).not.toHaveBeenCalled();
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(act).toHaveBeenCalledTimes(1);
});

test("a key that is switched off or already taken does nothing", async () => {
  const act = vi.fn();
  const { rerender } = render(<Keys act={act} combo="Escape" enabled={false} />);
  await userEvent.keyboard("{Escape}");
  rerender(<Keys act={act} combo="Escape" />);
  screen.getByRole("textbox").addEventListener("keydown", (event) => event.preventDefault());
  await userEvent.type(screen.getByRole("textbox"), "{Escape}");
  expect(act).not.toHaveBeenCalled();
});

test("a plus is a key like any other, whatever types it", async () => {
  const act = vi.fn();
  render(<Keys act={act} combo="+" />);
  await userEvent.keyboard("+");
  expect(act).toHaveBeenCalledTimes(1);
  expect([comboText("+"), comboAria("+")]).toEqual(["+", "+"]);
});

test("keys are shown and spoken in their own forms", () => {
  expect(comboText("mod+shift+Enter")).toBe("Ctrl ⇧ ↵");
  expect(comboAria("mod+shift+Enter")).toBe("Control+Shift+Enter");
});

test("with alt the place of the key decides, whatever sign it types", () => {
  const act = vi.fn();
  render(<Keys act={act} combo="alt+1" />);
  const press = (init: KeyboardEventInit) => document.dispatchEvent(new KeyboardEvent("keydown", init));
  press({ key: "¡", code: "Digit1", altKey: true });
  press({ key: "1", code: "Digit1" });
  expect(act).toHaveBeenCalledTimes(1);
});
