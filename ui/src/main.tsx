import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { hostHere, windowHere } from "./host/here";
import { startText } from "./i18n/start";

const place = document.getElementById("root");
if (!place) throw new Error("the page has no place for the window");
const kind = windowHere();
const host = await hostHere(kind);
if (kind === "display") {
  const { Display } = await import("./app/Display");
  createRoot(place).render(<Display host={host} text={startText()} />);
} else {
  const router = async () => (await import("./app/router")).clinicRouter();
  createRoot(place).render(<App host={host} text={startText()} router={router} />);
}
