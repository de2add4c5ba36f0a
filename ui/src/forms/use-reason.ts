import { useTranslation } from "react-i18next";
import type { RecordId } from "../generated/RecordId";
import type { Task } from "./task";
import { keptText, type Left } from "./use-left";
import { useRecordForm, type Errors, type RecordForm } from "./use-record-form";

/** A reason that is asked for, and kept while it is typed. */
export interface Reason extends RecordForm<{ reason: string }> {
  /** Sends it by `act`, or says that it is missing. */
  send: <Answer>(
    act: (reason: string) => Promise<Answer>,
    done: (answer: Answer) => void,
    check?: () => Errors,
  ) => void;
}

interface Asked {
  patient: RecordId;
  task: Task;
  left: Left;
  onClose: () => void;
}

/** Keeps the reason for an act while it is typed. */
export function useReason({ left, ...asked }: Asked): Reason {
  const { t } = useTranslation();
  const form = useRecordForm({
    ...asked,
    begun: { seen: { version: null }, before: { reason: "" } },
    kept: keptText(left, "reason"),
    write: ({ values }) => values.reason,
    at: ({ code, fields: { field } }) =>
      code === "missing" && field === "reason" ? { reason: t("reason.required") } : null,
  });
  const said = form.values.reason.trim();
  return {
    ...form,
    send: (act, done, check) =>
      form.act(() => act(said), {
        check: () => ({ ...(said ? {} : { reason: t("reason.required") }), ...check?.() }),
        done,
      }),
  };
}
