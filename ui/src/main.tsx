import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { hostHere } from "./host/here";
import { startText } from "./i18n/start";

const place = document.getElementById("root");
if (!place) throw new Error("the page has no place for the window");
const router = async () => (await import("./app/router")).clinicRouter();
createRoot(place).render(<App host={await hostHere()} text={startText()} router={router} />);
