import { useEffect, useState } from "react";
import type { InputOf, Refused } from "../../../host/host";
import { useQueryOf } from "../../../host/use-command";
import type { List, Row } from "../types";

type From = InputOf<"certificates">["before"];

/** A list of certificates as far as it was fetched. */
export interface Listed {
  rows: Row[] | undefined;
  counts: Record<List, number> | undefined;
  refused: Refused | null;
  retry: () => void;
  /** There are more than are shown. */
  more: boolean;
  fetchMore: () => void;
  pending: boolean;
}

/** One list of certificates, narrowed by a number or a name, page after page. */
export function useList(list: List, text: string): Listed {
  const typed = useSettled(text.trim());
  const asked = `${list} ${typed}`;
  const [pages, setPages] = useState<{ asked: string; before: From; rows: Row[] }>({
    asked,
    before: null,
    rows: [],
  });
  // Another list or another text begins at its beginning.
  const here = pages.asked === asked ? pages : { asked, before: null, rows: [] };
  const page = useQueryOf("certificates", { list, text: typed, before: here.before }, { keepLast: true });
  const rows =
    page.data && !page.isPlaceholderData ? [...here.rows, ...page.data.rows] : page.data && [...here.rows];
  const next = page.data?.next ?? null;
  return {
    rows: page.isPlaceholderData && here.before === null ? page.data?.rows : rows,
    counts: page.data?.counts,
    refused: page.error,
    retry: () => void page.refetch(),
    more: next !== null,
    fetchMore: () => setPages({ asked, before: next, rows: rows ?? [] }),
    pending: page.isPlaceholderData || page.isLoading,
  };
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const pause = setTimeout(() => setSettled(text), 120);
    return () => clearTimeout(pause);
  }, [text]);
  return settled;
}
