import { useEffect, useEffectEvent } from "react";

/** Nobody touches an unattended desk for this long before it locks itself, in milliseconds. */
export const IDLE = 10 * 60_000;

const INPUT = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/**
 * Does `act` once there was no input for `ms` milliseconds. The wall clock is asked at the first touch as well: a
 * computer that slept had its timers asleep with it, and what wakes it is not yet the person who left.
 */
export function useIdle(ms: number, act: () => void): void {
  const left = useEffectEvent(act);
  useEffect(() => {
    let last = Date.now();
    let timer = setTimeout(look, ms);
    function look() {
      const over = Date.now() - last;
      if (over >= ms) left();
      timer = setTimeout(look, over >= ms ? ms : ms - over);
    }
    const touch = () => {
      if (Date.now() - last >= ms) left();
      last = Date.now();
    };
    for (const kind of INPUT) window.addEventListener(kind, touch, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      for (const kind of INPUT) window.removeEventListener(kind, touch, { capture: true });
    };
  }, [ms]);
}
