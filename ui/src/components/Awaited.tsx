import type { UseQueryResult } from "@tanstack/react-query";
import type { RefusalLike } from "../i18n/refusal";
import { RefusalNote } from "./RefusalNote";
import { Skeleton } from "./Skeleton";

/** Stands in a list for rows that are on their way, or says why they are not there. */
export function Awaited({ rows, lines }: { rows: UseQueryResult<unknown, RefusalLike>; lines: number }) {
  return (
    <li>
      {rows.error ? (
        <RefusalNote refused={rows.error} onRetry={() => void rows.refetch()} />
      ) : (
        <Skeleton lines={lines} />
      )}
    </li>
  );
}
