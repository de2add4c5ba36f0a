import type { RecordId } from "../../generated/RecordId";
import { asRefused, Refused } from "../../host/host";
import { useQueryOf } from "../../host/use-command";
import { useNumbers } from "../../records/numbering";
import { numbered } from "./say";

/** The number of a tooth of this mouth, as whoever sits here has them numbered. */
export function useNumbered(patient: RecordId): (tooth: string) => string {
  const [numbers] = useNumbers();
  return numbered(useQueryOf("mouth", { patient }).data?.teeth ?? [], numbers);
}

/** An act about teeth: what is refused of it names them by `number`. */
export async function actOn<Answer>(
  number: (tooth: string) => string,
  act: Promise<Answer>,
): Promise<Answer> {
  try {
    return await act;
  } catch (reason) {
    const { code, fields } = asRefused(reason);
    const named = Object.entries(fields).map(([name, value]) =>
      name === "tooth" || name === "said" ? [name, number(String(value))] : [name, value],
    );
    throw new Refused(code, Object.fromEntries(named) as Refused["fields"]);
  }
}
