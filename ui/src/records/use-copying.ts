import { useState } from "react";
import { hush, tell } from "../components/tell";
import { asRefused, type Refused } from "../host/host";
import { useHost } from "../host/HostProvider";

/** The way of bytes out of the records. */
export interface Copying {
  save: () => void;
  busy: boolean;
  refused: Refused | null;
}

/**
 * Keeps a copy where the person chooses, in the system’s own dialog. `called` proposes a name for it, which names nobody; null
 * while it is not known. `keep` writes it there, and answers with the sentence that tells it.
 */
export function useCopying(called: string | null, keep: (place: string) => Promise<string>): Copying {
  const host = useHost();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const choose = async (name: string) => {
    const place = await host.choosePlace(name);
    if (place !== null) tell(await keep(place));
  };
  const save = () => {
    if (busy || called === null) return;
    setBusy(true);
    setRefused(null);
    hush();
    void choose(called)
      .catch((reason: unknown) => setRefused(asRefused(reason)))
      .finally(() => setBusy(false));
  };
  return { save, busy, refused };
}
