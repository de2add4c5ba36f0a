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

/** Where the look that this computer had last is kept; the colours of it the library keeps by itself. */
const LAST = "clinicdesk.look";

const placeOf = (user: string) => `${LAST}.${user}`;

function keptIn(place: string): Kept {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "{}") as Kept;
  } catch {
    return {};
  }
}

function keepIn(place: string, changed: Kept): void {
  localStorage.setItem(place, JSON.stringify({ ...keptIn(place), ...changed }));
}

/** The size that is kept there; the usual one where none is, or none that can be chosen. */
function sizeIn(place: string): number {
  const { size } = keptIn(place);
  return SIZES.find((each) => each === size) ?? 100;
}

function wear(size: number): void {
  document.documentElement.style.fontSize = size === 100 ? "" : `${size}%`;
}

/** Before anybody signs in, the window looks as it did last at this computer. */
export function useLastLook(): void {
  useEffect(() => wear(sizeIn(LAST)), []);
}

/** Puts on the look of whoever sits here; who has chosen none has the usual one, and not that of the person before. */
export function usePersonLook(user: string): PersonLook {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [size, setSize] = useState(() => sizeIn(placeOf(user)));
  const dress = useEffectEvent(() => setColorScheme(keptIn(placeOf(user)).colours ?? "auto"));
  useEffect(() => dress(), [user]);
  useEffect(() => {
    keepIn(LAST, { size });
    wear(size);
  }, [size]);
  return {
    size,
    setSize: (percent) => {
      keepIn(placeOf(user), { size: percent });
      setSize(percent);
    },
    colours: colorScheme,
    setColours: (colours) => {
      keepIn(placeOf(user), { colours });
      setColorScheme(colours);
    },
  };
}
