// Takes pictures of the drawn screens and checks the built page under the policy of its window:
//   npm run look [folder for the pictures] [what the names of the screens begin with]
import { mkdirSync } from "node:fs";
import path from "node:path";
import axe from "axe-core";
import { chromium } from "playwright-core";
import { createServer, preview } from "vite";
import { ADMIN } from "./look/admin.mjs";
import { CARE } from "./look/care.mjs";
import { answerOf, DESK, operate } from "./look/desk.mjs";
import { FILES } from "./look/files.mjs";
import { PAPERS } from "./look/papers.mjs";
import { PATIENTS, pressAll } from "./look/patients.mjs";
import { VISITS } from "./look/visits.mjs";

const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data: clinicdesk:; " +
  "connect-src 'self' ipc: http://ipc.localhost";
const SCENES = ["chart", "form", "find", "find&closed", "trouble", "trouble&closed"];
const LOOKS = [
  { name: "light", colorScheme: "light" },
  { name: "dark", colorScheme: "dark" },
  { name: "pseudo", colorScheme: "light", search: "&lang=pseudo" },
  { name: "zoom200", colorScheme: "light", viewport: { width: 683, height: 384 }, deviceScaleFactor: 2 },
];

// A browser writes down every answer that is a refusal; the screens show them.
const REFUSED = /status of 422/;

const folder = process.argv[2] ?? "look";
mkdirSync(folder, { recursive: true });
const wanted = ({ name }) => name.startsWith(process.argv[3] ?? "");
const faults = [];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });

/** Opens a page that reports whatever it complains of and whatever it asks of another host. */
async function open(look, home) {
  const { name, colorScheme, viewport = { width: 1366, height: 768 }, deviceScaleFactor = 1 } = look;
  const context = await browser.newContext({ colorScheme, viewport, deviceScaleFactor });
  const page = await context.newPage();
  const fault = (what) => faults.push(`${name} ${page.url()}: ${what}`);
  page.on(
    "console",
    (message) => message.type() === "error" && !REFUSED.test(message.text()) && fault(message.text()),
  );
  page.on("pageerror", (error) => fault(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(home) && !request.url().startsWith("data:"))
      fault(`asked ${request.url()}`);
  });
  return page;
}

async function checkAndShoot(page, name) {
  await page.evaluate("document.fonts.ready");
  await page.waitForTimeout(350);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
  const sideways = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
  if (sideways) faults.push(`${name}: scrolls sideways`);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate("axe.run()");
  for (const v of violations) faults.push(`${name}: ${v.id} ${v.nodes.map((n) => n.html).join(" | ")}`);
}

const workshop = await createServer({ logLevel: "error", server: { port: 5187, host: "127.0.0.1" } });
await workshop.listen();
for (const look of LOOKS) {
  for (const scene of SCENES.filter((name) => wanted({ name }))) {
    const page = await open(look, "http://127.0.0.1:5187");
    await page.goto(`http://127.0.0.1:5187/scripts/look/index.html?scene=${scene}${look.search ?? ""}`);
    await page.waitForSelector("main h1");
    await checkAndShoot(page, `${scene.replace("&", "-")}-${look.name}`);
    await page.context().close();
  }
  const page = await open(look, "http://127.0.0.1:5187");
  await page.clock.setFixedTime("2026-11-22T02:42:00Z");
  if (look.name === "pseudo")
    await page.addInitScript("location.host && localStorage.setItem('clinicdesk.language', 'pseudo')");
  const drawn = [
    ...[...PATIENTS, ...VISITS, ...CARE, ...FILES, ...ADMIN].map((scene) => ({
      ...scene,
      table: "patients",
    })),
    ...PAPERS.map((scene) => ({ ...scene, table: "papers" })),
  ];
  for (const scene of drawn.filter(wanted)) {
    // A change of the address behind the # alone would not load the page anew.
    await page.goto("about:blank");
    const search = `${scene.at.includes("?") ? "&" : "?"}case=${scene.case ?? "rich"}`;
    await page.goto(`http://127.0.0.1:5187/scripts/look/${scene.table}.html#${scene.at}${search}`);
    await page.waitForSelector("main h1");
    await page.waitForTimeout(200);
    await pressAll(page, scene, look.search !== undefined);
    await checkAndShoot(page, `${scene.name}-${look.name}`);
  }
  await page.context().close();
}
await workshop.close();

const built = await preview({
  logLevel: "error",
  preview: { port: 5188, host: "127.0.0.1", headers: { "content-security-policy": POLICY } },
});
for (const look of LOOKS) {
  for (const scene of DESK.filter(wanted)) {
    const page = await open(look, "http://127.0.0.1:5188");
    await page.clock.setFixedTime("2026-11-22T02:42:00Z");
    const answer = answerOf(scene);
    await page.route("**/call/**", (route) => route.fulfill(answer(path.basename(route.request().url()))));
    await page.route("**/news", (route) =>
      route.fulfill({ contentType: "text/event-stream", body: "retry: 60000\n\n" }),
    );
    await page.goto(`http://127.0.0.1:5188/?${look.search ?? ""}#${scene.at ?? "/today"}`);
    await page.waitForSelector("main");
    await page.waitForTimeout(250);
    await operate(page, scene, look.search !== undefined);
    await checkAndShoot(page, `${scene.name}-${look.name}`);
    await page.context().close();
  }
}
await built.close();
await browser.close();

for (const fault of faults) console.error(fault);
console.log(`${faults.length} faults; pictures in ${folder}`);
process.exitCode = faults.length > 0 ? 1 : 0;
