import { notifications } from "@mantine/notifications";

/** Tells in passing that something was done; read out, and gone after a while. Nothing needs an answer to it. */
export function tell(message: string): void {
  // The last one is what was just done; those before it were read or are past.
  notifications.clean();
  notifications.show({ message, withCloseButton: false, autoClose: 5000 });
}

/** Takes back whatever is being told. */
export function hush(): void {
  notifications.clean();
}
