import { ActionIcon } from "@mantine/core";
import type { ReactNode } from "react";
import { comboAria, comboText, type Combo } from "./hotkey";

interface KeyButtonProps {
  /** What it does. */
  label: string;
  /** The key that does the same; whoever draws the button listens to it. */
  combo: Combo;
  onPress: () => void;
  pressed?: boolean;
  disabled?: boolean;
  /** Its sign. */
  children: ReactNode;
}

/** A sign that is pressed, or its key. */
export function KeyButton({ label, combo, onPress, pressed, disabled, children }: KeyButtonProps) {
  return (
    <ActionIcon
      size="1.75rem"
      aria-label={label}
      title={`${label} (${comboText(combo)})`}
      aria-keyshortcuts={comboAria(combo)}
      onClick={onPress}
      {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
      {...(disabled ? { disabled } : {})}
    >
      {children}
    </ActionIcon>
  );
}
