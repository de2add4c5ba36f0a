import { Button as MantineButton, type ButtonProps as MantineButtonProps } from "@mantine/core";
import type { ReactNode } from "react";
import { comboAria, useHotkey, type Combo } from "./hotkey";
import { KeyHint } from "./KeyHint";

interface ButtonProps extends Pick<MantineButtonProps, "loading" | "disabled" | "leftSection" | "fullWidth"> {
  children: ReactNode;
  onClick?: () => void;
  /** Keys that press it from anywhere in the window; shown on it. */
  shortcut?: Combo;
  type?: "button" | "submit";
  form?: string;
  /** In a dialog: the keys start on it. */
  startsHere?: boolean;
}

/** The one main act of a screen: filled, with its shortcut shown. */
export function PrimaryButton(props: ButtonProps) {
  return <Pressable variant="filled" {...props} />;
}

/** Any other act: an outline. One that is the main act for a while, `main`, keeps its place, and the keys, as it changes. */
export function Button({ main = false, ...props }: ButtonProps & { main?: boolean }) {
  return <Pressable variant={main ? "filled" : "default"} {...props} />;
}

function Pressable({
  shortcut,
  onClick,
  startsHere,
  children,
  ...rest
}: ButtonProps & { variant: "filled" | "default" }) {
  const press = () => onClick?.();
  useHotkey(shortcut, press, !rest.disabled && !rest.loading && onClick !== undefined);
  return (
    <MantineButton
      type="button"
      {...rest}
      onClick={press}
      {...(startsHere ? { "data-autofocus": true } : {})}
      {...(shortcut ? { "aria-keyshortcuts": comboAria(shortcut) } : {})}
    >
      {children}
      {shortcut && <KeyHint combo={shortcut} />}
    </MantineButton>
  );
}
