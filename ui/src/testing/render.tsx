import { createMemoryHistory } from "@tanstack/react-router";
import { render, type RenderResult } from "@testing-library/react";
import type { ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import { App } from "../app/App";
import { clinicRouter } from "../app/router";
import { Look } from "../components/look/Look";
import { HostProvider } from "../host/HostProvider";
import { memoryHost, type Handlers, type MemoryHost } from "../host/memory";
import { startText, type Language } from "../i18n/start";
import { SIGNED_IN } from "./signed-in";

/** Draws a part of a screen over a table of answers. */
export function renderPart(part: ReactNode, handlers: Handlers = {}): RenderResult & { host: MemoryHost } {
  const host = memoryHost(handlers);
  const drawn = render(
    <I18nextProvider i18n={startText("en")}>
      <Look>
        <HostProvider host={host}>{part}</HostProvider>
      </Look>
    </I18nextProvider>,
  );
  return { ...drawn, host };
}

/** Draws the whole window at an address; Dr Maria Reyes is signed in unless the handlers say otherwise. */
export function renderApp(at: string, handlers: Handlers = {}, language: Language = "en") {
  const host = memoryHost({ ...SIGNED_IN, ...handlers });
  const router = clinicRouter(createMemoryHistory({ initialEntries: [at] }));
  const drawn = render(<App host={host} text={startText(language)} router={router} />);
  return { ...drawn, host, router };
}
