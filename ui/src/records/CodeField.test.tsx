import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import type { CodeFound } from "../generated/CodeFound";
import type { Handlers } from "../host/memory";
import { renderPart } from "../testing/render";
import { session } from "../testing/signed-in";
import { CodeField, type Took } from "./CodeField";

const user = userEvent.setup({ delay: null });

function found(but: Partial<CodeFound> & { name: string }): CodeFound {
  return {
    code: null,
    system: "http://hl7.org/fhir/sid/icd-10",
    version: "2019",
    also: null,
    forgiven: false,
    whole: true,
    own: 0,
    clinic: 0,
    pinned: false,
    ...but,
  };
}

const TONSILS = [
  found({ name: "Acute tonsillitis", code: "J03.9", forgiven: true, own: 14, clinic: 20 }),
  found({ name: "Chronic tonsillitis", code: "J35.0", whole: false, clinic: 3 }),
];

function draw(rows: CodeFound[], handlers: Handlers = {}) {
  const took = vi.fn<(name: string, how: Took) => void>();
  const enter = vi.fn();
  const sent = vi.fn();
  function Part() {
    const [value, setValue] = useState("");
    return (
      <div
        role="presentation"
        onKeyDown={({ key, ctrlKey }) => {
          if (key === "Enter" && ctrlKey) sent();
        }}
      >
        <CodeField
          label="Diagnosis"
          name="diagnosis"
          value={value}
          onChange={setValue}
          onTake={({ name }, how) => {
            took(name, how);
            setValue(name);
          }}
          onEnter={enter}
          readOnly={false}
        />
        <button type="button">Next</button>
      </div>
    );
  }
  const drawn = renderPart(<Part />, {
    session: () => session(),
    find_codes: () => ({ rows, sources: [] }),
    ...handlers,
  });
  return { ...drawn, took, enter, sent };
}

const typed = async (text: string, shows: string) => {
  await user.type(await screen.findByRole("combobox", { name: "Diagnosis" }), text);
  await screen.findByText(shows);
};

test("what is typed is looked for, and each name says its code and why it stands there", async () => {
  draw(TONSILS);
  await typed("tonsilitis ac", "J03.9");
  const options = screen.getAllByRole("option");
  expect(options.map(({ textContent }) => textContent)).toEqual([
    "Acute tonsillitisJ03.9you wrote it 14 times · spelling forgiven",
    "Chronic tonsillitisJ35.03 times here",
  ]);
  await waitFor(() => expect(options[0]?.getAttribute("aria-selected")).toBe("true"));
  const box = screen.getByRole("combobox", { name: "Diagnosis" });
  expect(box.getAttribute("aria-activedescendant")).toBe(options[0]?.id);
});

test.each([
  ["{Enter}", "Acute tonsillitis", "chosen"],
  ["{ArrowDown}{Enter}", "Chronic tonsillitis", "chosen"],
  ["{Tab}", "Acute tonsillitis", "suspected"],
])("%s takes %s as %s, and the list is gone", async (keys, name, how) => {
  const { took, enter } = draw(TONSILS);
  await typed("tonsilitis ac", "J03.9");
  await waitFor(() => expect(screen.getAllByRole("option")[0]?.getAttribute("aria-selected")).toBe("true"));
  await user.keyboard(keys);
  expect(took.mock.calls).toEqual([[name, how]]);
  expect(screen.queryByRole("listbox")).toBeNull();
  expect(enter).not.toHaveBeenCalled();
  // The next Enter goes on.
  await user.keyboard("{Enter}");
  expect(enter).toHaveBeenCalledTimes(1);
});

test("Ctrl and Enter leaves what was typed as it is, and sends nothing the first time", async () => {
  const { took, sent } = draw(TONSILS);
  await typed("tonsilitis ac", "J03.9");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(screen.queryByRole("listbox")).toBeNull();
  expect([took.mock.calls.length, sent.mock.calls.length]).toEqual([0, 0]);
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(sent).toHaveBeenCalledTimes(1);
});

test("whoever writes their own words and goes on keeps them: no name that lacks one of them is taken unasked", async () => {
  const { took, enter } = draw([found({ name: "Tiredness", code: "R53", whole: false })]);
  await typed("tired from training", "R53");
  await waitFor(() => expect(screen.getByRole("option").getAttribute("aria-selected")).toBe("false"));
  await user.keyboard("{Enter}");
  expect([took.mock.calls.length, enter.mock.calls.length]).toEqual([0, 1]);
  await user.keyboard("{Tab}");
  expect(took).not.toHaveBeenCalled();
  expect(document.activeElement?.textContent).toBe("Next");
});

test("F2 pins the name under the keys and unpins it", async () => {
  let pinned = false;
  const { host } = draw([], {
    find_codes: () => ({ rows: [found({ name: "Asthma", code: "J45.9", pinned })], sources: [] }),
    pin_code: (input) => {
      pinned = input.pinned;
      return {};
    },
  });
  await typed("asthma", "J45.9");
  await waitFor(() => expect(screen.getByRole("option").getAttribute("aria-selected")).toBe("true"));
  await user.keyboard("{F2}");
  await screen.findByText("pinned");
  await user.keyboard("{F2}");
  await waitFor(() => expect(screen.queryByText("pinned")).toBeNull());
  expect(host.calls.filter(({ name }) => name === "pin_code").map(({ input }) => input)).toEqual([
    { name: "Asthma", pinned: true },
    { name: "Asthma", pinned: false },
  ]);
});

test("without an answer the field is a field: nothing hangs from it and Enter goes on", async () => {
  const { enter } = draw([], {
    find_codes: () => {
      throw new Error("store_failed");
    },
  });
  await user.type(await screen.findByRole("combobox", { name: "Diagnosis" }), "asthma{Enter}");
  expect(screen.queryByRole("listbox")).toBeNull();
  expect(enter).toHaveBeenCalledTimes(1);
});
