import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { commandTags, type Door, type Tag } from "../generated/commands";
import { asRefused, type CommandName } from "./host";

/** Refusals that mean the door was shut meanwhile: by the clock, by another window, by a restart behind the page. */
const SHUT = ["not_signed_in", "screen_locked"];

/**
 * The cache of answers, by `[command, input]`. The backend is the store and always there, so nothing is ever
 * paused for lack of a network, asked again on a timer, or retried: a refusal is an answer. What was sent with a
 * command, which may be a password, is forgotten with the screen that sent it.
 */
export function answerCache(): QueryClient {
  const always = { networkMode: "always", retry: false } as const;
  const askDoor = (reason: unknown) => {
    if (SHUT.includes(asRefused(reason).code)) void cache.invalidateQueries({ queryKey: ["door"] });
  };
  const cache = new QueryClient({
    queryCache: new QueryCache({ onError: askDoor }),
    mutationCache: new MutationCache({ onError: askDoor }),
    defaultOptions: {
      queries: { ...always, staleTime: Infinity, refetchOnWindowFocus: false },
      mutations: { ...always, gcTime: 0 },
    },
  });
  return cache;
}

/**
 * Asks again for what is on screen and forgets the rest, wherever a command reads one of `tags`. The door goes first:
 * behind a shut one there is nobody to answer to.
 */
export async function dropTags(cache: QueryClient, tags: readonly Tag[]): Promise<void> {
  if (commandTags.door.reads.some((tag) => tags.includes(tag))) {
    await cache.invalidateQueries({ queryKey: ["door"] });
    const door = cache.getQueryData<Door>(["door", {}]);
    if (door && door.state !== "open") return;
  }
  const stale = ({ queryKey }: { queryKey: readonly unknown[] }) =>
    queryKey[0] !== "door" && commandTags[queryKey[0] as CommandName].reads.some((tag) => tags.includes(tag));
  cache.removeQueries({ predicate: stale, type: "inactive" });
  await cache.invalidateQueries({ predicate: stale, type: "active" });
}
