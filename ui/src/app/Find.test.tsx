import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { PEOPLE, person } from "../testing/people";
import { renderApp } from "../testing/render";
import { DOCTOR, session } from "../testing/signed-in";

const user = userEvent.setup({ delay: null });

const options = () => screen.getAllByRole("option").map((option) => option.textContent ?? "");

test("a returning patient's chart is open after two keystrokes beyond the typed name", async () => {
  const slow = async () => {
    await new Promise((answer) => setTimeout(answer, 60));
    return { people: [person()] };
  };
  const { router } = renderApp("/today", { ...PEOPLE, find_patients: slow });
  await screen.findByRole("heading", { level: 1 });
  await user.keyboard("/");
  await screen.findByRole("combobox");
  // Enter comes before the answer does, and still opens what was asked for.
  await user.keyboard("mejia gus{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/patients/${person().id}`));
  await screen.findByRole("heading", { level: 1, name: "MEJÍA, Gustavo (Mr)" });
});

test("a row says what tells two people of one name apart", async () => {
  renderApp("/today", PEOPLE);
  await screen.findByRole("heading", { level: 1 });
  await user.keyboard("/");
  await screen.findByRole("combobox");
  await user.keyboard("mejia");
  await screen.findByRole("group", { name: "People" });
  await waitFor(() =>
    expect(options().slice(0, 2)).toEqual([
      "GMMEJÍA, Gustavo (Mr)14-Jul-1999 (27y)MaleStudent no. 2019-104-883BS Tourism, year 4",
      "GMMEJIAS, Gustava (Ms)~1948 (~78y)FemaleStudent no. 2026-000-118",
    ]),
  );
});

test("without text those seen lately stand first; who has died is marked", async () => {
  renderApp("/today", {
    ...PEOPLE,
    recent_patients: () => ({ people: [person({ died: true })], opened: true }),
  });
  await screen.findByRole("heading", { level: 1 });
  await user.keyboard("/");
  await screen.findByRole("group", { name: "Recent" });
  expect(options()[0]).toMatch(/^GMMEJÍA, Gustavo.*Died$/);
});

test("who was not found is registered under the name that was typed", async () => {
  const { router } = renderApp("/today", PEOPLE);
  await screen.findByRole("heading", { level: 1 });
  await user.keyboard("/");
  await screen.findByRole("combobox");
  await user.keyboard("ana reyes{End}{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/patients/new"));
  const family = await screen.findByRole<HTMLInputElement>("textbox", { name: "Family name" });
  expect(family.value).toBe("Reyes");
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Given names" }).value).toBe("Ana");
  await user.click(screen.getByRole("button", { name: "Exchange family and given names" }));
  expect(family.value).toBe("Ana");
});

test("a new registration begins in the family name, and Tab goes on to the given names and the birth date", async () => {
  renderApp("/today", PEOPLE);
  await screen.findByRole("heading", { level: 1 });
  await user.click(screen.getByRole("button", { name: /^Find a patient, cert/ }));
  await screen.findByRole("combobox");
  await user.keyboard("ana reyes{End}{Enter}");
  const family = await screen.findByRole("textbox", { name: "Family name" });
  await waitFor(() => expect(document.activeElement).toBe(family));
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Given names" }));
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Birth date" }));
});

test.each(["/", "{Control>}k{/Control}"])(
  "%s reaches the find box from an open menu, which closes",
  async (keys) => {
    renderApp("/today", PEOPLE);
    await screen.findByRole("heading", { level: 1 });
    await user.click(screen.getByRole("button", { name: /Maria Reyes/ }));
    await screen.findByRole("menu");
    await user.keyboard("{ArrowDown}");
    await user.keyboard(keys);
    const box = await screen.findByRole<HTMLInputElement>("combobox");
    await waitFor(() => expect(document.activeElement).toBe(box));
    await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
    await new Promise((on) => setTimeout(on, 50));
    expect(document.activeElement).toBe(box);
    await user.keyboard("mej");
    expect(box.value).toBe("mej");
  },
);

test("whoever types what is to be done means no name, and an offer is no result", async () => {
  const { router } = renderApp("/today", PEOPLE);
  await screen.findByRole("heading", { level: 1 });
  await user.keyboard("/");
  await screen.findByRole("combobox");
  await user.keyboard("ana reyes");
  await screen.findByText("Nothing found for “ana reyes”.");
  expect(screen.getByText("0 results")).toBeTruthy();
  await user.clear(screen.getByRole("combobox"));
  await user.keyboard("register");
  await screen.findByRole("option", { name: "Register a patient" });
  await user.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/patients/new"));
  expect(router.state.location.search).toEqual({});
});

test("what can be done with the open patient is found there", async () => {
  const { router } = renderApp(`/patients/${person().id}`, PEOPLE);
  await screen.findByRole("heading", { level: 1 });
  await user.keyboard("/");
  await screen.findByRole("combobox");
  await user.keyboard("vital");
  await screen.findByRole("group", { name: "This patient" });
  await user.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.search).toEqual({ tab: "vitals" }));
});

test("a screen of Admin is found by its name, by who may see it and by nobody else", async () => {
  const named = async () => {
    await screen.findByRole("heading", { level: 1 });
    await user.keyboard("/");
    await screen.findByRole("combobox");
    await user.keyboard("backups");
    await screen.findByRole("option", { name: /^Register/ });
    return options();
  };
  const permissions = [...DOCTOR, "user.edit", "backup.run"] as const;
  const { unmount } = renderApp("/today", {
    ...PEOPLE,
    session: () => session({ permissions: [...permissions] }),
  });
  expect((await named())[0]).toBe("Backups");
  unmount();
  renderApp("/today", PEOPLE);
  expect((await named()).some((option) => option === "Backups")).toBe(false);
});

test("whose role does not register is not offered it", async () => {
  const permissions = DOCTOR.filter((permission) => permission !== "patient.register");
  renderApp("/today", { ...PEOPLE, session: () => session({ permissions }) });
  await screen.findByRole("heading", { level: 1 });
  await user.keyboard("/");
  await screen.findByRole("combobox");
  await user.keyboard("ana reyes");
  await screen.findByText("Nothing found for “ana reyes”.");
  expect(screen.queryByRole("option")).toBeNull();
});

test("on the Patients screen the keys start in the box, and Enter opens", async () => {
  const { router, host } = renderApp("/patients", PEOPLE);
  const box = await screen.findByRole("combobox", { name: "Name, number, phone or birth date" });
  await waitFor(() => expect(document.activeElement).toBe(box));
  await screen.findByRole("group", { name: "Recent" });
  await user.keyboard("mejia{ArrowDown}{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toMatch(/a002$/));
  expect(host.calls.filter(({ name }) => name === "find_patients").at(-1)?.input).toEqual({ text: "mejia" });
});
