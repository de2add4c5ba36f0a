import { fireEvent, screen, waitFor } from "@testing-library/react";
import axe from "axe-core";
import { vi } from "vitest";

/** Gives everything a place on the screen, which a page without layout has not. */
export function layOut(): void {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(910);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(648);
}

/** Lets the pictures of the pages come that were asked for. */
export async function seePages(): Promise<void> {
  await waitFor(() => {
    const waiting = screen.getAllByRole("img", { name: /^Page \d of/ });
    waiting.forEach((picture) => fireEvent.load(picture));
  });
}

/** What axe-core finds in what is drawn; colours have no place here and are looked at in a browser. */
export async function flaws(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
