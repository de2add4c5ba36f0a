import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "./tokens.css";
import "./base.css";
import "./mantine.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { Tips } from "../Tips";
import { theme, variables } from "./theme";

/** Everything below it has the look; light or dark follows the system until somebody chooses. */
export function Look({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <Notifications position="bottom-left" transitionDuration={100} limit={2} containerWidth="22rem" />
      {children}
      <Tips />
    </MantineProvider>
  );
}
