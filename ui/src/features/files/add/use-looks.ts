import { useQueries } from "@tanstack/react-query";
import type { FileLooked } from "../../../generated/FileLooked";
import type { RecordId } from "../../../generated/RecordId";
import type { Refused } from "../../../host/host";
import { useHost } from "../../../host/HostProvider";
import { questionOf, type Card, type Look } from "./cards";

/** What the program says of each file of the form. */
export interface Asked extends Look {
  again: () => void;
}

/** Has each file of the form looked at: what it is, what will be kept of it, and whom it names. */
export function useLooks(patient: RecordId, cards: readonly Card[]): Asked[] {
  const host = useHost();
  const answers = useQueries({
    queries: cards.map((card) => {
      const input = questionOf(card, patient);
      return {
        queryKey: ["look_at_file", input],
        queryFn: () => host.call("look_at_file", input),
        enabled: card.from !== null && !card.taken?.refused,
      };
    }),
  });
  return answers.map((answer) => ({
    data: answer.data as FileLooked | undefined,
    error: answer.error as Refused | null,
    again: () => void answer.refetch(),
  }));
}
