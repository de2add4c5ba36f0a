// The pictures of the screens about patients: an address, the answers behind it, and the keys that are pressed there.
const AT = "/patients/01900000-0000-7000-8000-00000000a001";
const NAMED = ["Mejia", "Tab", "Gustavo", "Tab", "14/7/1999", "Tab", "m"];

export const PATIENTS = [
  { name: "patients", at: "/patients" },
  { name: "patients-none", at: "/patients", case: "empty" },
  { name: "patients-found", at: "/patients", keys: ["mejia"] },
  { name: "find-people", at: "/today", keys: ["/", "mejia"] },
  { name: "register", at: "/patients/new" },
  { name: "register-alike", at: "/patients/new", case: "alike", keys: [...NAMED, "Control+Enter"] },
  {
    name: "register-error",
    at: "/patients/new",
    keys: ["Reyes", "Tab", "Tab", "31/4/1999", "Control+Enter"],
  },
  {
    name: "register-day-first",
    at: "/patients/new",
    keys: ["Reyes", "Tab", "Ana", "Tab", "7/14/1999", "Control+Enter"],
  },
  { name: "details", at: `${AT}/details` },
  { name: "chart", at: AT },
  { name: "chart-empty", at: AT, case: "empty" },
  { name: "chart-long", at: AT, case: "long" },
  { name: "chart-disputed", at: AT, case: "disputed" },
  { name: "chart-front-desk", at: AT, case: "desk" },
  { name: "chart-administrator", at: AT, case: "administrator" },
  { name: "chart-medicines", at: `${AT}?tab=medicines` },
  { name: "chart-who-looked", at: `${AT}?tab=who_looked` },
  { name: "pane-allergies", at: `${AT}?task=allergies`, case: "empty" },
  { name: "pane-allergy", at: `${AT}?task=allergy.edit.al1`, case: "disputed" },
  { name: "pane-problem", at: `${AT}?task=problem.add`, keys: ["Control+Enter"] },
  { name: "pane-history", at: `${AT}?task=history pr1`, case: "history" },
  { name: "pane-background", at: `${AT}?task=background.edit.bg1` },
  { name: "pane-medicine", at: `${AT}?task=medicine.edit.me1` },
  {
    name: "pane-medicine-asked",
    at: `${AT}?task=medicine.add`,
    case: "met",
    keys: ["amoxicillin", "Control+Enter", "wait"],
  },
  { name: "pane-immunisation", at: `${AT}?task=immunisation.add` },
  { name: "pane-withdraw", at: `${AT}?task=medicine.withdraw.me1`, keys: ["Control+Enter"] },
];

/** Gives a file, goes to a field, a tab or words, presses a button, types words and presses named keys. Names are English, so in another language a
    scene that needs them stays as it opened. */
export async function pressAll(page, { file, field, tab, scroll, press, keys = [] }, otherLanguage) {
  if (otherLanguage && (field || tab || scroll || press)) return;
  if (file) await page.setInputFiles("input[type=file]", file);
  if (tab) await page.getByRole("tab", { name: tab }).click();
  if (scroll)
    await page
      .getByText(scroll, { exact: true })
      .first()
      .evaluate((at) => at.scrollIntoView());
  if (field) await page.getByLabel(field, { exact: true }).focus();
  if (press) await page.getByRole("button", { name: press, exact: true }).click();
  for (const key of keys) {
    if (key === "wait") await page.waitForTimeout(1000);
    else if (/^(Tab|Enter|Arrow\w+|\/|(Control|Alt)\+.*)$/.test(key)) await page.keyboard.press(key);
    else await page.keyboard.type(key);
    await page.waitForTimeout(key === "/" ? 300 : 60);
  }
  // The strip of those who may be the same waits for a pause of the typing.
  if (keys.length > 0 || file || press) await page.waitForTimeout(400);
}
