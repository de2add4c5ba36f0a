import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { asRefused, type CommandName, type InputOf, type OutputOf, type Refused } from "./host";
import { useHost } from "./HostProvider";
import type { Asking } from "./use-command";

/** The commands that answer a list page by page. */
type PagedName = {
  [K in CommandName]: InputOf<K> extends { before: unknown } | { after: unknown }
    ? OutputOf<K> extends { next: unknown }
      ? K
      : never
    : never;
}[CommandName];

/** A list as far as it was fetched. */
export interface Pages<Page, Row> {
  /** Null until the first page is there. */
  rows: Row[] | null;
  /** The page that came last. */
  last: Page | null;
  error: Refused | null;
  /** There are more than are shown. */
  more: boolean;
  /** More are on their way, or the answer to what was asked before still stands. */
  fetching: boolean;
  /** What stands was asked for before. */
  isEarlier: boolean;
  fetchMore: () => void;
  retry: () => void;
}

interface AskingPages extends Asking {
  /** Fetch page after page by itself, where the screen needs the whole list. */
  whole?: boolean;
  /** What the command calls the end of the page before. */
  end?: "before" | "after";
}

/** A list page by page, in the order of its command. */
export function usePages<K extends PagedName, Row>(
  name: K,
  input: Omit<InputOf<K>, "before" | "after">,
  rowsOf: (page: OutputOf<K>) => Row[],
  { enabled = true, fresh = false, keepLast = false, whole = false, end = "before" }: AskingPages = {},
): Pages<OutputOf<K>, Row> {
  const host = useHost();
  const pages = useInfiniteQuery({
    // The command's name stands first, so that the answers go stale by its tags like any other.
    queryKey: [name, input, "pages"],
    queryFn: ({ pageParam }) => host.call(name, { ...input, [end]: pageParam } as InputOf<K>),
    initialPageParam: null as unknown,
    getNextPageParam: (page) => (page as { next: unknown }).next,
    enabled,
    ...(fresh ? { staleTime: 0, gcTime: 0 } : {}),
    ...(keepLast ? { placeholderData: keepPreviousData } : {}),
  });
  const { data, hasNextPage, isFetching, fetchNextPage } = pages;
  // What a page holds is told one way, so that the rows are the same ones until a page changes.
  const [told] = useState(() => rowsOf);
  const rows = useMemo(() => data?.pages.flatMap((page) => told(page)) ?? null, [data, told]);
  useEffect(() => {
    if (whole && hasNextPage && !isFetching) void fetchNextPage();
  }, [whole, hasNextPage, isFetching, fetchNextPage]);
  return {
    rows,
    last: data?.pages.at(-1) ?? null,
    error: pages.error ? asRefused(pages.error) : null,
    more: hasNextPage,
    fetching: pages.isFetchingNextPage || pages.isPlaceholderData,
    isEarlier: pages.isPlaceholderData,
    fetchMore: () => void (isFetching || fetchNextPage()),
    retry: () => void pages.refetch(),
  };
}
