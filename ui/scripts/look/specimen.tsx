/** The drawn screens, made of the window's own parts, so that the two can be laid side by side. */
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { Frame } from "../../src/app/Frame";
import { Look } from "../../src/components/look/Look";
import { startText } from "../../src/i18n/start";
import { CertificateForm } from "./CertificateForm";
import { ChartSpecimen } from "./ChartSpecimen";
import { FindSpecimen } from "./FindSpecimen";
import { TroubleSpecimen } from "./TroubleSpecimen";

const SCENES = {
  chart: { at: "/patients", show: <ChartSpecimen /> },
  form: { at: "/certificates", show: <CertificateForm /> },
  find: { at: "/patients", show: <FindSpecimen /> },
  trouble: { at: "/today", show: <TroubleSpecimen /> },
};

const scene = SCENES[new URLSearchParams(location.search).get("scene") as keyof typeof SCENES];
const STATUS = {
  attached: false,
  waiting: 12,
  waiting_since: "2026-11-22T08:10:00+08:00",
  synced: null,
  synced_day: null,
  patients: 10231,
  conflicts: 0,
  today: "2026-11-22",
  time: "10:42",
  clock_behind: false,
  sheet_confirmed: true,
  key_kept_in: "file",
};
const nothing = () => undefined;
const root = createRootRoute({
  component: () => (
    <Frame
      site="Main Campus clinic"
      status={STATUS}
      person={{ name: "Maria Reyes", said: "Dr Maria Reyes", about: "Doctor" }}
      inbox={{ waiting: 2, onOpen: nothing }}
      onFind={nothing}
      acts={{ lock: nothing, signOut: nothing, changePassword: nothing, help: nothing }}
    >
      {scene.show}
    </Frame>
  ),
  notFoundComponent: nothing,
});
const router = createRouter({
  routeTree: root,
  history: createMemoryHistory({ initialEntries: [scene.at] }),
});

const place = document.getElementById("root");
if (place) {
  createRoot(place).render(
    <I18nextProvider i18n={startText()}>
      <Look>
        <RouterProvider router={router as never} />
      </Look>
    </I18nextProvider>,
  );
}
