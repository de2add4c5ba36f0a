import { useEffect, useState } from "react";
import { useHost } from "./HostProvider";

/** How far the records are made again for a newer program, in whole percent; null while that is not under way. */
export function useProgress(busy: boolean): number | null {
  const host = useHost();
  const [percent, setPercent] = useState<number | null>(null);
  useEffect(
    () => host.onProgress((done, of) => setPercent(Math.floor((100 * done) / Math.max(of, 1)))),
    [host],
  );
  return busy ? percent : null;
}
