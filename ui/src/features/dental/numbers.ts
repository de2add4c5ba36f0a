import { useCallback, useSyncExternalStore } from "react";
import { useSession } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import type { RecordId } from "../../generated/RecordId";
import type { Numbers } from "./called";
import { numbered } from "./say";

const placeOf = (user: string) => `clinicdesk.teeth.${user}`;

const hearing = new Set<() => void>();

function listen(changed: () => void): () => void {
  hearing.add(changed);
  return () => void hearing.delete(changed);
}

/** How whoever sits here has teeth numbered, in the chart and in every form: kept at this computer, FDI at first. */
export function useNumbers(): [Numbers, (numbers: Numbers) => void] {
  const place = placeOf(useSession()?.user ?? "");
  const numbers = useSyncExternalStore(listen, () =>
    localStorage.getItem(place) === "universal" ? "universal" : "fdi",
  );
  const setNumbers = useCallback(
    (chosen: Numbers) => {
      localStorage.setItem(place, chosen);
      hearing.forEach((changed) => changed());
    },
    [place],
  );
  return [numbers, setNumbers];
}

/** The number of a tooth of this mouth, as whoever sits here has them numbered. */
export function useNumbered(patient: RecordId): (tooth: string) => string {
  const [numbers] = useNumbers();
  return numbered(useQueryOf("mouth", { patient }).data?.teeth ?? [], numbers);
}
