import { useState, type KeyboardEvent } from "react";

interface ListNavigation {
  /** The item under the keys, -1 when the list is empty. */
  at: number;
  setAt: (at: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * Moves through `count` items by the keys: up and down by a row of `columns`, left and right by one where there are
 * columns, Home and End, Enter to pick. It stays at the ends rather than going round, so holding a key is harmless.
 */
export function useListNavigation(count: number, onPick: (at: number) => void, columns = 1): ListNavigation {
  const [wanted, setAt] = useState(0);
  const at = Math.min(wanted, count - 1);
  const moves: Record<string, number> = {
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: 0,
    End: count - 1,
    ...(columns > 1 ? { ArrowRight: at + 1, ArrowLeft: at - 1 } : {}),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      if (next >= 0 && next < count) setAt(next);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      onPick(at);
    }
  };
  return { at, setAt, onKeyDown };
}
