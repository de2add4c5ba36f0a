import { useState } from "react";

/**
 * When it was typed that a form goes on from, in milliseconds since 1970; null once all of it was taken back or became
 * a record, for what is typed then is of now.
 */
export function useSince(left: number | null, touched: boolean): number | null {
  const [gone, setGone] = useState(false);
  if (!touched && !gone) setGone(true);
  return gone ? null : left;
}
