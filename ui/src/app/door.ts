import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Door } from "../generated/commands";
import type { Refused } from "../host/host";
import { useHost } from "../host/HostProvider";

/**
 * What the door shows. The window goes to its part of the command list as the answer arrives, before anything is drawn
 * for it; and whatever was answered to a person is forgotten once the door is shut behind them.
 */
export function useDoor() {
  const host = useHost();
  const cache = useQueryClient();
  const door = useQuery<Door, Refused>({
    queryKey: ["door", {}],
    queryFn: async () => {
      const answer = await host.call("door", {});
      host.enter(answer.state === "open" ? "main" : "lock");
      return answer;
    },
  });
  const state = door.data?.state;
  useEffect(() => {
    if (state !== "open") cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "door" });
  }, [cache, state]);
  return door;
}
