import type { RecordId } from "../../../generated/RecordId";
import type { Refused } from "../../../host/host";

/** What came of an act that ends on another screen than it began. */
export interface Outcome {
  /** Why it was not issued, or not sent on. */
  refused?: Refused;
  /** The number that it was issued under. */
  number?: string;
  /** It was issued and not printed. */
  unprinted?: Refused;
  /** It is to be issued as soon as its author said what becomes of their open note. */
  asks?: true;
}

const left = new Map<RecordId, Outcome>();

/** Leaves word for the screen of the certificate, which opens next. */
export function leaveOutcome(certificate: RecordId, outcome: Outcome): void {
  left.set(certificate, outcome);
}

/** Takes the word that was left for this certificate; it is told once. */
export function takeOutcome(certificate: RecordId): Outcome {
  const outcome = left.get(certificate) ?? {};
  left.delete(certificate);
  return outcome;
}
