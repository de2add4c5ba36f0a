import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CheckField, SelectField, TextArea, TextField } from "../../components/fields";
import { Segmented } from "../../components/Segmented";
import { tell } from "../../components/tell";
import { TextButton } from "../../components/TextButton";
import { KeptPane } from "../../forms/KeptPane";
import { keptIn, type Left } from "../../forms/use-left";
import { useRecordForm } from "../../forms/use-record-form";
import type { ProcedureStatus } from "../../generated/ProcedureStatus";
import type { ToothShown } from "../../generated/ToothShown";
import type { TreatmentRow } from "../../generated/TreatmentRow";
import type { XrayLooked } from "../../generated/XrayLooked";
import { useCommand } from "../../host/use-command";
import type { TaskProps } from "../../records/parts";
import { noSuchTooth, type Numbers } from "./called";
import { actOn } from "./numbers";
import { useNumbers } from "../../records/numbering";
import { numbered, treatedSaid, treatmentSaid } from "./say";
import { readTreated, treatedWords } from "./treated";

/** Where a treatment may go from each state. */
const STEPS: Partial<Record<ProcedureStatus, readonly ProcedureStatus[]>> = {
  planned: ["done", "under_way", "scheduled", "postponed", "cancelled"],
  scheduled: ["done", "under_way", "postponed", "cancelled"],
  postponed: ["done", "under_way", "cancelled"],
  under_way: ["done", "failed", "cancelled"],
};
/** Steps of which the reason is asked. */
const REASONED: readonly string[] = ["failed", "postponed", "cancelled"];

type StepProps = TaskProps<"treatment"> & { row: TreatmentRow; teeth: readonly ToothShown[]; left: Left };

/** Goes on with a treatment. Before a tooth is lost, or its pulp, it is said aloud and written, never filled in here. */
export function StepForm({ patient, task, row, teeth, left, onTask }: StepProps) {
  const { t } = useTranslation();
  const { mutateAsync } = useCommand("step_treatment");
  const [why, setWhy] = useState<"premolar" | "no_successor" | null>(null);
  const [sure, setSure] = useState(false);
  const onClose = () => onTask(null);
  const steps = (row.status && STEPS[row.status]) ?? [];
  const [shown] = useNumbers();
  // What was typed by some numbers is read by those, whatever is chosen meanwhile.
  const before = { to: (steps[0] ?? "") as string, said: "", xray: "", reason: "", numbers: shown as string };
  const form = useRecordForm({
    patient,
    task,
    begun: { seen: { version: row.version }, before },
    kept: keptIn(left, before),
    onClose,
    first: row.loses ? "said" : "to",
  });
  const { to, said, xray, reason } = form.values;
  const numbers = form.values.numbers as Numbers;
  const loses = row.loses && to === "done";
  const read = readTreated(said, teeth, numbers);
  const tooth = Object.values(read ?? {})[0]?.tooth ?? null;
  const words = treatedWords(t, read);
  const save = () =>
    form.act(
      () =>
        actOn(
          numbered(teeth, numbers),
          mutateAsync({
            id: row.id,
            version: form.seen.version ?? row.version,
            to: to as ProcedureStatus,
            said: loses ? tooth : null,
            xray: loses && xray ? (xray as XrayLooked) : null,
            sure,
            reason: reason.trim() || null,
          }),
        ),
      {
        check: () => ({
          ...(loses && !tooth ? { said: t(noSuchTooth(numbers)) } : {}),
          ...(loses && !xray ? { xray: t("patients.required") } : {}),
          ...(REASONED.includes(to) && !reason.trim() ? { reason: t("reason.required") } : {}),
        }),
        done: ({ conflict }) => {
          if (conflict) tell(t("dental.entry.kept_conflict"));
          onClose();
        },
        refused: ({ code, fields }) => {
          if (code === "ask_again") setWhy(fields["why"] as "premolar" | "no_successor");
        },
      },
    );
  return (
    <KeptPane
      title={t("dental.treatment.step")}
      act={steps.length > 0 ? t("dental.treatment.step_act") : null}
      onAct={save}
      form={form}
      onClose={onClose}
      instead={
        <TextButton
          onClick={() =>
            onTask({ of: "treatment", act: steps.length > 0 ? "edit" : "withdraw", record: row.id })
          }
        >
          {t(steps.length > 0 ? "dental.treatment.change" : "dental.treatment.withdraw")}
        </TextButton>
      }
    >
      <p>
        <b>{treatmentSaid(t, row)}</b>
        {/* The tooth of a loss is said by who does it: it does not stand here. */}
        {!row.loses && ` · ${treatedSaid(row, numbered(teeth, numbers))}`}
      </p>
      <div {...form.around} style={{ display: "contents" }}>
        {steps.length > 0 && (
          <SelectField
            {...form.text("to")}
            label={t("dental.treatment.to")}
            options={steps.map((value) => ({
              value,
              label: t(`dental.treatment.to_word.${value as "done"}`),
            }))}
          />
        )}
        {loses && (
          <>
            <TextField
              {...form.text("said")}
              label={t("dental.treatment.said")}
              hint={words ? t("dental.treatment.said_hint", { words }) : t("dental.treatment.said_hint_none")}
              autoComplete="off"
            />
            <div data-field="xray">
              <Segmented
                label={t("dental.treatment.xray")}
                value={xray as XrayLooked | ""}
                options={(["yes", "no", "none"] as const).map((value) => ({
                  value,
                  label: t(`dental.treatment.xray_word.${value}`),
                }))}
                onChange={(value) => form.set({ xray: value })}
                error={form.errors["xray"]}
                required
              />
            </div>
            {why && <CheckField label={t(`dental.treatment.sure_${why}`)} value={sure} onChange={setSure} />}
          </>
        )}
        {steps.length > 0 && (
          <TextArea
            {...form.text("reason")}
            label={t("dental.treatment.reason")}
            required={REASONED.includes(to)}
          />
        )}
      </div>
    </KeptPane>
  );
}
