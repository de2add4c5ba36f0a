/** The drawn screens, made of the window's own parts, so that the two can be laid side by side. */
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { Frame } from "../../src/app/Frame";
import { Look } from "../../src/components/look/Look";
import { HostProvider } from "../../src/host/HostProvider";
import { memoryHost } from "../../src/host/memory";
import { startText } from "../../src/i18n/start";
import { SIGNED_IN, status } from "../../src/testing/signed-in";
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
const look = { size: 100, setSize: () => {}, colours: "auto", setColours: () => {} } as const;
const nothing = () => undefined;
const root = createRootRoute({
  component: () => (
    <Frame
      site="Main Campus clinic"
      status={status()}
      person={{ name: "Maria Reyes", said: "Dr Maria Reyes", about: "Doctor" }}
      inbox={{ waiting: 2, onOpen: nothing }}
      onFind={nothing}
      acts={{ lock: nothing, signOut: nothing, changePassword: nothing, help: nothing, look }}
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
        <HostProvider host={memoryHost(SIGNED_IN)}>
          <RouterProvider router={router as never} />
        </HostProvider>
      </Look>
    </I18nextProvider>,
  );
}
