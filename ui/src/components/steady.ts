import { useCallback, useEffect, useRef } from "react";

/** What `act` does now, as one and the same function for as long as the part stands: what is handed it is not drawn anew. */
export function useSteady<Args extends unknown[]>(act: (...args: Args) => void): (...args: Args) => void {
  const now = useRef(act);
  useEffect(() => {
    now.current = act;
  });
  return useCallback((...args: Args) => now.current(...args), []);
}
