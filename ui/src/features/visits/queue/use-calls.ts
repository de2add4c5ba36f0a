import { useState, type KeyboardEvent } from "react";
import type { Queue } from "../../../generated/Queue";
import type { QueueRow } from "../../../generated/QueueRow";

/** A room has so many letters: it stands on the board beside its ticket. */
const LONGEST_ROOM = 12;

/**
 * Calls people to the room of this computer. Where nobody said a room here yet, the first call asks for it at its field and goes
 * on by Enter. `toField` hands the keys to that field, and `toList` hands them back.
 */
export function useCalls(
  queue: Queue,
  call: (row: QueueRow, room: string) => void,
  toField: () => void,
  toList: () => void,
) {
  const [typed, setTyped] = useState<string | null>(null);
  // As it was when it was to be called: who was called elsewhere meanwhile is not called again.
  const [asked, setAsked] = useState<QueueRow | null>(null);
  const [told, setTold] = useState(false);
  const room = typed ?? queue.room;
  const end = () => {
    setAsked(null);
    setTold(false);
    toList();
  };
  const go = (row: QueueRow) => {
    if (!room.trim()) return setTold(true);
    // What was offered and not changed is said by that.
    setTyped(room);
    call(row, room);
    end();
  };
  return {
    room,
    asked,
    /** It was to be called and no room was said. */
    lacks: told && !room.trim(),
    /** Calls somebody, or asks for the room first. */
    call: (row: QueueRow) => {
      if (room.trim() && (queue.room_said || typed !== null)) return go(row);
      setAsked(row);
      toField();
    },
    onChange: (text: string) => setTyped(text.slice(0, LONGEST_ROOM)),
    onKeyDown: ({ key, repeat, nativeEvent }: KeyboardEvent) => {
      if (nativeEvent.isComposing || repeat) return;
      if (key === "Escape") end();
      else if (key === "Enter" && asked) go(asked);
      else if (key === "Enter") toList();
    },
  };
}
