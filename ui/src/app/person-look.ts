import { useMantineColorScheme } from "@mantine/core";
import { useEffect, useEffectEvent, useState } from "react";

/** The sizes of text that can be chosen, of the usual one in percent. */
export const SIZES = [100, 115, 130, 150] as const;

export type Colours = "light" | "dark" | "auto";

/** How the window looks for one person: chosen here, kept at this computer by who they are. */
export interface PersonLook {
  size: number;
  setSize: (percent: number) => void;
  colours: Colours;
  setColours: (colours: Colours) => void;
}

interface Kept {
  size?: number;
  colours?: Colours;
}

const placeOf = (user: string) => `clinicdesk.look.${user}`;

function keptOf(user: string): Kept {
  try {
    return JSON.parse(localStorage.getItem(placeOf(user)) ?? "{}") as Kept;
  } catch {
    return {};
  }
}

/** Puts on the look of whoever sits here, and takes their size of text away when they leave. */
export function usePersonLook(user: string): PersonLook {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [size, setSize] = useState(() => keptOf(user).size ?? 100);
  const keep = (changed: Kept) =>
    localStorage.setItem(placeOf(user), JSON.stringify({ ...keptOf(user), ...changed }));
  const dress = useEffectEvent(() => {
    const { colours } = keptOf(user);
    if (colours) setColorScheme(colours);
  });
  useEffect(() => dress(), [user]);
  useEffect(() => {
    const { style } = document.documentElement;
    style.fontSize = size === 100 ? "" : `${size}%`;
    return () => {
      style.fontSize = "";
    };
  }, [size]);
  return {
    size,
    setSize: (percent) => {
      keep({ size: percent });
      setSize(percent);
    },
    colours: colorScheme,
    setColours: (colours) => {
      keep({ colours });
      setColorScheme(colours);
    },
  };
}
