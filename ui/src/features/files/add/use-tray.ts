import { useQuery } from "@tanstack/react-query";
import type { Tray } from "../../../generated/Tray";
import type { Refused } from "../../../host/host";
import { useHost } from "../../../host/HostProvider";
import { useMay } from "../../../host/session";

/** The scanner writes without telling anybody: its folder is looked at so often, in milliseconds. */
const LOOK_MS = 5000;

/** What lies in the tray of this computer, looked at as long as it is on the screen. */
export function useTray(): { tray: Tray | undefined; error: Refused | null; retry: () => void } {
  const host = useHost();
  const may = useMay("file.add");
  const asked = useQuery<Tray, Refused>({
    queryKey: ["tray", {}],
    queryFn: () => host.call("tray", {}),
    enabled: may,
    refetchInterval: LOOK_MS,
  });
  return { tray: asked.data, error: asked.error, retry: () => void asked.refetch() };
}
