import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { commandTags, type Tag } from "../generated/commands";
import { dropTags } from "./cache";
import type { CommandName, InputOf, OutputOf, Refused } from "./host";
import { useHost } from "./HostProvider";

/** A command that changes something; when it succeeds, every answer it makes stale is asked for again. */
export function useCommand<K extends CommandName>(
  name: K,
): UseMutationResult<OutputOf<K>, Refused, InputOf<K>> {
  const host = useHost();
  const cache = useQueryClient();
  return useMutation({
    mutationKey: [name],
    mutationFn: (input: InputOf<K>) => host.call(name, input),
    onSuccess: () => dropTags(cache, commandTags[name].stales),
  });
}

/** When to ask, and whether the last answer stays on screen while the next is fetched (a find box). */
export interface Asking {
  enabled?: boolean;
  keepLast?: boolean;
  /** Ask each time it comes on screen: what it tells changes with every command. */
  fresh?: boolean;
}

/** A command that only reads; its answer is kept under `[command, input]` until one of its tags goes stale. */
export function useQueryOf<K extends CommandName>(
  name: K,
  input: InputOf<K>,
  { enabled = true, keepLast = false, fresh = false }: Asking = {},
): UseQueryResult<OutputOf<K>, Refused> {
  const host = useHost();
  return useQuery<OutputOf<K>, Refused>({
    queryKey: [name, input],
    queryFn: () => host.call(name, input),
    enabled,
    ...(fresh ? { staleTime: 0, gcTime: 0 } : {}),
    ...(keepLast ? { placeholderData: keepPreviousData } : {}),
  });
}

/** Asks again for whatever rests on these tags, where something outside the list of commands made it stale. */
export function useDrop(): (...tags: Tag[]) => void {
  const cache = useQueryClient();
  return (...tags) => void dropTags(cache, tags);
}
