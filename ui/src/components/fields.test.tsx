import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { renderPart } from "../testing/render";
import { PasswordField } from "./fields";
import { PickField } from "./PickField";

function Secret() {
  const [value, setValue] = useState("");
  return <PasswordField label="Secret" value={value} onChange={setValue} />;
}

test("a secret is shown and hidden by its button", async () => {
  renderPart(<Secret />);
  const field = screen.getByLabelText("Secret") as HTMLInputElement;
  await userEvent.type(field, "tram");
  expect(field.type).toBe("password");
  await userEvent.click(screen.getByRole("button", { name: "Show the password" }));
  expect(field.type).toBe("text");
  await userEvent.click(screen.getByRole("button", { name: "Hide the password" }));
  expect(field.type).toBe("password");
});

test("Caps Lock is told while the keys are at a secret", () => {
  renderPart(<Secret />);
  const field = screen.getByLabelText("Secret");
  fireEvent.keyDown(field, { key: "A", modifierCapsLock: true });
  screen.getByText("Caps Lock is on.");
  fireEvent.keyUp(field, { key: "CapsLock", modifierCapsLock: false });
  expect(screen.queryByText("Caps Lock is on.")).toBeNull();
});

test("one of a long list is found by a part of it and taken by Enter", async () => {
  function Zone() {
    const [value, setValue] = useState("UTC");
    const options = ["UTC", "Asia/Manila", "Europe/Vienna"];
    return <PickField label="Zone" value={value} onChange={setValue} options={options} nothing="None." />;
  }
  renderPart(<Zone />);
  const box = screen.getByRole("combobox", { name: "Zone" }) as HTMLInputElement;
  await userEvent.clear(box);
  await userEvent.type(box, "manil{Enter}");
  expect(box.value).toBe("Asia/Manila");
  await userEvent.clear(box);
  await userEvent.type(box, "mars");
  await screen.findByText("None.");
});
