import { useState } from "react";
import { hush, tell } from "../components/tell";
import { asRefused, type Refused } from "../host/host";
import { useHost } from "../host/HostProvider";

/** The way of something out of the records. */
export interface Saving {
  save: () => void;
  busy: boolean;
  refused: Refused | null;
}

/**
 * Lets the person choose a place in the system’s own dialog, where `name` is proposed, keeps something there and says so. What
 * is proposed names nobody. Without a name there is nothing to keep yet.
 */
export function useSaving(name: string | undefined, keep: (place: string) => Promise<string>): Saving {
  const host = useHost();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const choose = async (proposed: string) => {
    const place = await host.choosePlace(proposed);
    if (place !== null) tell(await keep(place));
  };
  const save = () => {
    if (busy || name === undefined) return;
    setBusy(true);
    setRefused(null);
    hush();
    void choose(name)
      .catch((reason: unknown) => setRefused(asRefused(reason)))
      .finally(() => setBusy(false));
  };
  return { save, busy, refused };
}
