import { useEffect } from "react";
import type { RecordId } from "../../../generated/RecordId";
import type { Refused } from "../../../host/host";
import { useQueryOf } from "../../../host/use-command";
import type { FileView } from "../types";

/** While its bytes are awaited, how far they are is asked so often, in milliseconds. */
const AGAIN_MS = 3000;

/** A file with all that is known of it; asked again while its bytes are awaited. */
export function useFile(file: RecordId): {
  view: FileView | undefined;
  error: Refused | null;
  retry: () => void;
} {
  const { data, error, refetch } = useQueryOf("file", { file });
  const awaited = data !== undefined && data.state.at !== "here" && data.state.at !== "erased";
  useEffect(() => {
    if (!awaited) return undefined;
    const timer = setInterval(() => void refetch(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [awaited, refetch]);
  return { view: data, error, retry: () => void refetch() };
}
