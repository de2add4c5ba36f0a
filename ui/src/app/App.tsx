import { RouterProvider } from "@tanstack/react-router";
import type { i18n } from "i18next";
import { useState } from "react";
import { I18nextProvider } from "react-i18next";
import { Look } from "../components/look/Look";
import type { Host } from "../host/host";
import { HostProvider } from "../host/HostProvider";
import { Gate } from "./Gate";
import { useLastLook } from "./person-look";
import type { clinicRouter } from "./router";

type Router = ReturnType<typeof clinicRouter>;

interface AppProps {
  host: Host;
  text: i18n;
  /** The screens behind the door, or how they are fetched once it stands, so that it waits for none of them. */
  router: Router | (() => Promise<Router>);
}

/** The whole window, over whatever host it is given. */
export function App({ host, text, router }: AppProps) {
  useLastLook();
  const [inside, setInside] = useState(typeof router === "function" ? null : router);
  const fetch = () => {
    if (typeof router === "function") void router().then(setInside);
  };
  return (
    <I18nextProvider i18n={text}>
      <Look>
        <HostProvider host={host}>
          <Gate onStands={fetch} onShut={() => void inside?.navigate({ to: "/today", replace: true })}>
            {inside && <RouterProvider router={inside} />}
          </Gate>
        </HostProvider>
      </Look>
    </I18nextProvider>
  );
}
