import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useEffect, useState } from "react";
import { expect, test, vi } from "vitest";
import { renderPart } from "../testing/render";
import { FindBox, Finder } from "./Finder";

const NAMES = ["Ana", "Anita", "Ben"];

function Desk({ picked }: { picked: (name: string) => void }) {
  const [opened, setOpened] = useState(true);
  const [text, setText] = useState("");
  const item = (name: string) => ({ id: name, title: name, onPick: () => picked(name) });
  const groups = [
    { name: "People", items: NAMES.filter((name) => name.toLowerCase().includes(text)).map(item) },
    { name: "Empty", items: [] },
  ];
  return (
    <Finder
      opened={opened}
      onClose={() => setOpened(false)}
      label="Find"
      text={text}
      onText={setText}
      groups={groups}
      nothing="None"
    />
  );
}

const current = () => {
  const id = screen.getByRole("combobox").getAttribute("aria-activedescendant");
  return document.getElementById(id ?? "")?.textContent;
};

test("the keys start in the box and move along the list without leaving it", async () => {
  renderPart(<Desk picked={vi.fn()} />);
  const box = await screen.findByRole("combobox", { name: "Find" });
  expect(document.activeElement).toBe(box);
  expect(current()).toBe("Ana");
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}");
  expect(current()).toBe("Ben");
  expect(document.activeElement).toBe(box);
});

test("the key that leads to the box types nothing in an empty one, and its sign in another text", async () => {
  renderPart(<Desk picked={vi.fn()} />);
  const box = await screen.findByRole<HTMLInputElement>("combobox");
  await userEvent.type(box, "/a/");
  expect(box.value).toBe("a/");
});

test("typing goes back to the first result; Enter picks it and closes", async () => {
  const picked = vi.fn();
  renderPart(<Desk picked={picked} />);
  await userEvent.type(await screen.findByRole("combobox"), "{ArrowDown}{ArrowDown}an");
  expect(current()).toBe("Ana");
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(picked.mock.calls).toEqual([["Anita"]]);
  await waitFor(() => expect(screen.queryByRole("combobox")).toBeNull());
});

test("a group without results is not named, and no result at all is said", async () => {
  renderPart(<Desk picked={vi.fn()} />);
  await screen.findByRole("combobox");
  expect(screen.queryByRole("group", { name: "Empty" })).toBeNull();
  await userEvent.type(screen.getByRole("combobox"), "zz{Enter}");
  expect(screen.getByText("None")).toBeTruthy();
});

test("Enter before the answer came waits for it and does not pick what was on screen", async () => {
  const picked = vi.fn();
  const item = (name: string) => ({ id: name, title: name, onPick: () => picked(name) });
  function Slow() {
    const [come, setCome] = useState(false);
    useEffect(() => {
      const answer = () => setCome(true);
      document.addEventListener("answer", answer);
      return () => document.removeEventListener("answer", answer);
    }, []);
    const groups = [{ name: "People", items: [item(come ? "Ben" : "Ana")] }];
    return <FindBox label="Find" text="be" onText={vi.fn()} groups={groups} nothing="None" pending={!come} />;
  }
  renderPart(<Slow />);
  await userEvent.keyboard("{Enter}");
  expect(picked).not.toHaveBeenCalled();
  act(() => void document.dispatchEvent(new Event("answer")));
  expect(picked.mock.calls).toEqual([["Ben"]]);
});
