import { notifications } from "@mantine/notifications";
import { createElement } from "react";
import { TextButton } from "./TextButton";

/** What can be done about what is told, for as long as it stands. */
interface ToldAct {
  act: string;
  onAct: () => void;
}

/** Tells in passing that something was done; read out, and gone after a while. Nothing needs an answer to it. */
export function tell(message: string, about?: ToldAct): void {
  // The last one is what was just done; those before it were read or are past.
  notifications.clean();
  const act = about && createElement(TextButton, { onClick: () => (hush(), about.onAct()) }, about.act);
  notifications.show({
    message: act ? createElement("span", null, message, " ", act) : message,
    withCloseButton: false,
    // There has to be time to reach for it.
    autoClose: act ? 12_000 : 5000,
  });
}

/** Takes back whatever is being told. */
export function hush(): void {
  notifications.clean();
}
