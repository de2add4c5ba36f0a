import { useTranslation } from "react-i18next";
import { SelectField, TextField } from "../../components/fields";
import { Beside } from "../../components/Pane";
import { Skeleton } from "../../components/Skeleton";
import { tell } from "../../components/tell";
import { TextButton } from "../../components/TextButton";
import { KeptPane } from "../../forms/KeptPane";
import { ReasonPane } from "../../forms/ReasonPane";
import { TaskFrame } from "../../forms/TaskFrame";
import { keptIn, type Left } from "../../forms/use-left";
import { useReason } from "../../forms/use-reason";
import { useRecordForm } from "../../forms/use-record-form";
import type { ProcedureText } from "../../generated/ProcedureText";
import type { ToothShown } from "../../generated/ToothShown";
import type { Treatment } from "../../generated/Treatment";
import type { TreatmentRow } from "../../generated/TreatmentRow";
import { useCommand, useQueryOf } from "../../host/use-command";
import { en } from "../../i18n/en";
import type { TaskProps } from "../../records/parts";
import { choiceWord } from "../../records/words";
import { useNumbers } from "../../records/numbering";
import { actOn, useNumbered } from "./numbers";
import { numbered, treatedSaid, treatmentSaid } from "./say";
import { StepForm } from "./StepForm";
import { readTreated, treatedWords } from "./treated";

const TREATMENTS = Object.keys(en.record.procedure.word.treatment) as Treatment[];
/** Treatments that ask whether decay is the reason. */
const ASK_WHY: readonly string[] = ["extraction", "crown"];

/** Plans a treatment, changes it, goes on with it, or withdraws it. */
export function TreatmentTask(props: TaskProps<"treatment">) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  const record = task.act === "add" ? null : task.record;
  const teeth = useQueryOf("mouth", { patient }).data?.teeth;
  return (
    <TaskFrame
      title={t(`dental.treatment.${task.act}`)}
      patient={patient}
      task={task}
      ask={
        record === null ? (["mouth", { patient }] as const) : (["whole_treatment", { id: record }] as const)
      }
      find={(found) => ({ row: "treatment" in found ? found : null })}
      lines={6}
      onClose={() => onTask(null)}
    >
      {({ row }, left) => {
        // Without the teeth no number says which it is.
        if (!teeth) return <Skeleton lines={6} />;
        if (task.act === "withdraw" && row) return <Withdraw {...props} row={row} left={left} />;
        if (task.act === "step" && row) return <StepForm {...props} row={row} teeth={teeth} left={left} />;
        return <Form {...props} row={row} teeth={teeth} left={left} />;
      }}
    </TaskFrame>
  );
}

type FormProps = TaskProps<"treatment"> & { row: TreatmentRow | null; left: Left };

function Form({
  patient,
  task,
  row,
  teeth: known,
  left,
  onTask,
}: FormProps & { teeth: readonly ToothShown[] }) {
  const { t } = useTranslation();
  const plan = useCommand("plan_treatment");
  const edit = useCommand("edit_treatment");
  const visit = useQueryOf("banner", { patient }).data?.visit?.id ?? null;
  const onClose = () => onTask(null);
  const [shown] = useNumbers();
  const text = (value: string | number | null | undefined) => String(value ?? "");
  const before = {
    treatment: text(row?.treatment ?? "filling"),
    teeth: row ? treatedSaid(row, numbered(known, shown)) : "",
    // What was typed by some numbers is read by those, whatever is chosen meanwhile.
    numbers: shown as string,
    for_caries: row?.for_caries === null || !row ? "" : String(row.for_caries),
    material: text(row?.material),
    phase: text(row?.phase),
    plan_order: text(row?.plan_order),
    fee: text(row?.fee),
    cover: text(row?.cover),
    text: text(row?.text),
  };
  const kept = keptIn(left, before);
  const typedBy = kept?.typing.values.numbers ?? shown;
  const wrong = `dental.treatment.teeth_wrong${typedBy === "universal" ? "_universal" : ""}` as const;
  const form = useRecordForm({
    patient,
    task,
    begun: { seen: { version: row?.version ?? null }, before },
    kept,
    onClose,
    at: ({ code, fields }) =>
      code === "missing" && fields["field"] === "surfaces" ? { teeth: t(wrong) } : undefined,
  });
  const { values } = form;
  const asksWhy = ASK_WHY.includes(values.treatment);
  const universal = values.numbers === "universal";
  const teeth = readTreated(values.teeth, known, universal ? "universal" : "fdi");
  const words = treatedWords(t, teeth);
  const whole = (typed: string) => (typed.trim() === "" ? null : Number(typed));
  const said = (): ProcedureText => ({
    treatment: values.treatment as Treatment,
    ...(teeth ? { teeth } : {}),
    for_caries: asksWhy && values.for_caries !== "" ? values.for_caries === "true" : null,
    material: values.material.trim() || null,
    phase: whole(values.phase),
    plan_order: whole(values.plan_order),
    fee: values.fee.trim() || null,
    cover: values.cover.trim() || null,
    text: values.text.trim() || null,
  });
  /** What is said otherwise than before: a long text of which nobody changed a word stays as it is. */
  const changed = (): ProcedureText => {
    const differs = (name: string) =>
      values[name as keyof typeof values] !== form.before[name as keyof typeof before];
    const fields = Object.entries(said()).filter(
      ([name]) => differs(name) || (name === "for_caries" && differs("treatment")),
    );
    return Object.fromEntries(fields) as ProcedureText;
  };
  const save = () => {
    if (row && !form.touched) return onClose();
    const counted = (typed: string) => /^\s*([1-9]\d?)?\s*$/.test(typed);
    const paid = (typed: string) => /^\s*(\d+(\.\d+)?)?\s*$/.test(typed);
    const sent = () =>
      row
        ? edit.mutateAsync({ id: row.id, version: form.seen.version ?? row.version, patch: changed() })
        : plan.mutateAsync({ patient, visit, details: said() });
    const send = () => actOn(numbered(known, universal ? "universal" : "fdi"), sent());
    form.act(send, {
      check: () => ({
        ...(teeth === null ? { teeth: t(wrong) } : {}),
        ...(counted(values.phase) ? {} : { phase: t("dental.treatment.number_wrong") }),
        ...(counted(values.plan_order) ? {} : { plan_order: t("dental.treatment.number_wrong") }),
        ...(paid(values.fee) ? {} : { fee: t("dental.treatment.money_wrong") }),
        ...(paid(values.cover) ? {} : { cover: t("dental.treatment.money_wrong") }),
        ...(paid(values.fee) && values.fee.trim() !== "" && Number(values.cover) > Number(values.fee)
          ? { cover: t("dental.treatment.cover_wrong") }
          : {}),
      }),
      done: ({ conflict }) => {
        if (conflict) tell(t("dental.entry.kept_conflict"));
        onClose();
      },
    });
  };
  const options = TREATMENTS.map((value) => ({
    value,
    label: choiceWord(t, "procedure", "treatment", value),
  }));
  return (
    <KeptPane
      title={t(`dental.treatment.${row ? "edit" : "add"}`)}
      act={t(row ? "dental.treatment.save" : "dental.treatment.save_plan")}
      onAct={save}
      form={form}
      onClose={onClose}
    >
      <div {...form.around} style={{ display: "contents" }}>
        <SelectField
          {...form.text("treatment")}
          label={t("record.procedure.field.treatment")}
          options={options}
        />
        <TextField
          {...form.text("teeth")}
          label={t("dental.treatment.teeth")}
          hint={
            words
              ? t("dental.treatment.teeth_are", { words })
              : t(`dental.treatment.teeth_hint${universal ? "_universal" : ""}`)
          }
          autoComplete="off"
        />
        {asksWhy && (
          <SelectField
            {...form.text("for_caries")}
            label={t("dental.treatment.why")}
            options={[
              { value: "", label: t("dental.entry.not_said") },
              { value: "true", label: t("dental.treatment.why_word.yes") },
              { value: "false", label: t("dental.treatment.why_word.no") },
            ]}
          />
        )}
        <TextField {...form.text("material")} label={t("record.procedure.field.material")} />
        <Beside>
          <TextField {...form.text("phase")} label={t("record.procedure.field.phase")} inputMode="numeric" />
          <TextField
            {...form.text("plan_order")}
            label={t("record.procedure.field.plan_order")}
            inputMode="numeric"
          />
        </Beside>
        <Beside>
          <TextField {...form.text("fee")} label={t("record.procedure.field.fee")} inputMode="decimal" />
          <TextField {...form.text("cover")} label={t("record.procedure.field.cover")} inputMode="decimal" />
        </Beside>
        <TextField {...form.text("text")} label={t("record.procedure.field.text")} />
      </div>
      {row && (
        <p>
          <TextButton onClick={() => onTask({ of: "treatment", act: "withdraw", record: row.id })}>
            {t("dental.treatment.withdraw")}
          </TextButton>
        </p>
      )}
    </KeptPane>
  );
}

function Withdraw({ patient, task, row, left, onTask }: FormProps & { row: TreatmentRow }) {
  const { t } = useTranslation();
  const number = useNumbered(patient);
  const { mutateAsync } = useCommand("void_treatment");
  const onClose = () => onTask(null);
  const form = useReason({ patient, task, left, onClose });
  const { id, version } = row;
  return (
    <ReasonPane
      title={t("dental.treatment.withdraw")}
      act={t("dental.treatment.withdraw_act")}
      onAct={() => form.send((reason) => mutateAsync({ id, version, reason }), onClose)}
      form={form}
      onClose={onClose}
    >
      <p>
        <b>{[treatmentSaid(t, row), treatedSaid(row, number)].filter(Boolean).join(" · ")}</b>
      </p>
      <p>{t("dental.treatment.withdraw_text")}</p>
    </ReasonPane>
  );
}
