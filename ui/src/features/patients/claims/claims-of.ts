import type { Chart } from "../../../generated/Chart";
import type { ClaimKind } from "./specs";
import type { AnyClaim } from "./use-claim-words";

/** The claims of each kind in a chart. */
export function claimsOf(chart: Chart, kind: ClaimKind): AnyClaim[] {
  const lists = {
    allergy: chart.allergies,
    problem: chart.problems,
    medicine: chart.medicines,
    immunisation: chart.immunisations,
  };
  return lists[kind];
}
