import { DentalTab } from "../features/dental/DentalTab";
import { RoomForms } from "../features/forms/RoomForms";
import type { TabProps } from "../records/parts";

/** The mouth of a chart, and the forms of dental visits below it. */
export function ChartTeeth(props: TabProps) {
  return <DentalTab {...props} forms={<RoomForms {...props} room="dental" />} />;
}
