import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { renderPart } from "../testing/render";
import { useDropped, usePasted } from "./use-files";

const taken = vi.fn();

function Place({ open = true }: { open?: boolean }) {
  useDropped((files) => taken("dropped", ...files.map(({ name }) => name)), open);
  usePasted((files) => taken("pasted", ...files.map(({ name }) => name)), open);
  return <input />;
}

const draw = (open = true) => {
  taken.mockClear();
  return renderPart(<Place open={open} />).host;
};
const file = (name: string) => new File(["x"], name);

/** What a web view tells of a clipboard or a drag. */
const shown = (kinds: Record<string, string>, ...files: File[]) => ({
  types: [...Object.keys(kinds), ...(files.length > 0 ? ["Files"] : [])],
  files,
  getData: (kind: string) => kinds[kind] ?? "",
});

/** Pastes; whether the page took it before it could go into a field. */
const paste = async (at: Element, clipboardData: object) => {
  let passed = true;
  await act(async () => void (passed = fireEvent.paste(at, { clipboardData })));
  return !passed;
};

test("files are dropped as the page sees them, or as the host alone does", () => {
  const host = draw();
  fireEvent.drop(document.body, { dataTransfer: shown({}, file("a.pdf")) });
  act(() => host.drop(file("b.pdf"), file("c.pdf")));
  act(() => host.drop());
  expect(taken.mock.calls).toEqual([
    ["dropped", "a.pdf"],
    ["dropped", "b.pdf", "c.pdf"],
  ]);
});

test("while files are over the window it says so, also where the web view tells their addresses alone", () => {
  draw();
  const over = (kinds: Record<string, string>) =>
    !fireEvent.dragOver(document.body, { dataTransfer: shown(kinds) });
  const said = () => document.documentElement.getAttribute("data-drop");
  expect(over({ "text/plain": "words" })).toBe(false);
  expect(said()).toBeNull();
  expect(over({ "text/uri-list": "" })).toBe(true);
  expect(said()).toBe("Drop the files here");
  fireEvent.dragLeave(document.body);
  expect(said()).toBeNull();
  fireEvent.dragStart(document.body);
  expect(over({ "text/uri-list": "" })).toBe(false);
  fireEvent.dragEnd(document.body);
  expect(over({ "text/uri-list": "" })).toBe(true);
});

test("what is pasted is taken as the page sees it, else as the host reads it", async () => {
  const host = draw();
  expect(await paste(document.body, shown({}, file("a.png")))).toBe(true);
  host.clipboard = [file("b.png")];
  expect(await paste(screen.getByRole("textbox"), shown({}))).toBe(false);
  // The web view would write the address into the field.
  expect(await paste(screen.getByRole("textbox"), shown({ "text/uri-list": "" }))).toBe(true);
  expect(taken.mock.calls).toEqual([
    ["pasted", "a.png"],
    ["pasted", "b.png"],
    ["pasted", "b.png"],
  ]);
});

test("a text that is pasted goes into its field, also with a picture or an address beside it", async () => {
  const host = draw();
  host.clipboard = [file("b.png")];
  const field = screen.getByRole("textbox");
  expect(await paste(field, shown({ "text/plain": "120/80" }, file("cells.png")))).toBe(false);
  const link = "https://example.org/";
  expect(await paste(field, shown({ "text/uri-list": link, "text/plain": link }))).toBe(false);
  expect(taken).not.toHaveBeenCalled();
});

test("nobody reads the clipboard where nothing can be pasted, or before somebody pastes", async () => {
  const host = draw(false);
  const read = vi.spyOn(host, "pasted");
  await paste(document.body, shown({}));
  act(() => host.drop(file("a.pdf")));
  await waitFor(() => expect(read).not.toHaveBeenCalled());
  expect(taken).not.toHaveBeenCalled();
});
