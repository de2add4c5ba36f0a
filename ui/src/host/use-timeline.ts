import { useInfiniteQuery } from "@tanstack/react-query";
import type { RecordId } from "../generated/RecordId";
import type { Timeline } from "../generated/Timeline";
import type { TimelineEnd } from "../generated/TimelineEnd";
import { asRefused } from "./host";
import { useHost } from "./HostProvider";

/** The timeline page by page, latest first; `kinds` narrows it, none means all. */
export function useTimeline(patient: RecordId, kinds: string[], enabled: boolean) {
  const host = useHost();
  const pages = useInfiniteQuery({
    // The command's name stands first, so that the answers go stale by its tags like any other.
    queryKey: ["timeline", { patient, kinds }, "pages"],
    queryFn: ({ pageParam }): Promise<Timeline> =>
      host.call("timeline", { patient, kinds, before: pageParam }),
    initialPageParam: null as TimelineEnd | null,
    getNextPageParam: (page) => page.next,
    enabled,
  });
  return {
    rows: pages.data?.pages.flatMap((page) => page.rows) ?? null,
    error: pages.error ? asRefused(pages.error) : null,
    more: pages.hasNextPage,
    fetching: pages.isFetchingNextPage,
    fetchMore: () => void (pages.isFetching || pages.fetchNextPage()),
    retry: () => void pages.refetch(),
  };
}
