import { Refused } from "../host/host";
import { useQueryOf } from "../host/use-command";
import { useAsOpened } from "./use-as-opened";

const BARRED = new Refused("disk_full");

/** Why a form may not be begun now: its typing could not be kept. Once begun it stays; null where it may, or nobody knows yet. */
export function useBarred(): Refused | null {
  const short = useQueryOf("status", {}).data?.disk_short;
  const begun = useAsOpened("disk", short === false ? {} : null);
  return short && !begun ? BARRED : null;
}
