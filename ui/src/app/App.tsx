import { RouterProvider } from "@tanstack/react-router";
import type { i18n } from "i18next";
import { I18nextProvider } from "react-i18next";
import { Look } from "../components/look/Look";
import type { Host } from "../host/host";
import { HostProvider } from "../host/HostProvider";
import { Gate } from "./Gate";
import type { clinicRouter } from "./router";

interface AppProps {
  host: Host;
  text: i18n;
  router: ReturnType<typeof clinicRouter>;
}

/** The whole window, over whatever host it is given. */
export function App({ host, text, router }: AppProps) {
  return (
    <I18nextProvider i18n={text}>
      <Look>
        <HostProvider host={host}>
          <Gate onShut={() => void router.navigate({ to: "/today", replace: true })}>
            <RouterProvider router={router} />
          </Gate>
        </HostProvider>
      </Look>
    </I18nextProvider>
  );
}
