import type { KindName } from "../generated/KindName";
import type { RecordId } from "../generated/RecordId";
import { usePages } from "./use-pages";

/** The timeline page by page, latest first; `kinds` narrows it, none means all. */
export function useTimeline(patient: RecordId, kinds: KindName[], enabled: boolean) {
  return usePages("timeline", { patient, kinds }, (page) => page.rows, { enabled });
}
