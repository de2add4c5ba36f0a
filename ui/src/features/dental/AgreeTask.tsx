import { useTranslation } from "react-i18next";
import { CheckField, SelectField, TextField } from "../../components/fields";
import { KeptPane } from "../../forms/KeptPane";
import { TaskFrame } from "../../forms/TaskFrame";
import { keptIn, type Left } from "../../forms/use-left";
import { useRecordForm } from "../../forms/use-record-form";
import type { ConsentBy } from "../../generated/ConsentBy";
import type { Mouth } from "../../generated/Mouth";
import type { TreatmentRow } from "../../generated/TreatmentRow";
import { useCommand } from "../../host/use-command";
import type { TaskProps } from "../../records/parts";
import { useNumbers } from "../../records/numbering";
import { numbered, treatedSaid, treatmentSaid } from "./say";
import style from "./dental.module.css";

const BY: readonly ConsentBy[] = ["patient", "guardian"];

/** Writes down who agreed on paper to which treatments, each with the teeth that it names now. */
export function AgreeTask(props: TaskProps<"agree">) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  return (
    <TaskFrame
      title={t("dental.agreement.title")}
      patient={patient}
      task={task}
      ask={["mouth", { patient }]}
      find={(mouth) => mouth}
      onClose={() => onTask(null)}
    >
      {(mouth, left) => <Form {...props} mouth={mouth} left={left} />}
    </TaskFrame>
  );
}

function Form({ patient, task, mouth, left, onTask }: TaskProps<"agree"> & { mouth: Mouth; left: Left }) {
  const { t } = useTranslation();
  const { mutateAsync } = useCommand("agree_treatments");
  const onClose = () => onTask(null);
  const open = mouth.rows.flatMap(({ treatment }) => (treatment && isOpen(treatment) ? [treatment] : []));
  const [numbers] = useNumbers();
  const number = numbered(mouth.teeth, numbers);
  // The treatments by their ids: one that is planned meanwhile is agreed to by nobody.
  const all = open.map(({ id }) => id).join(" ");
  const before = { by: (mouth.guarded ? "guardian" : "patient") as string, name: "", chosen: all };
  const form = useRecordForm({
    patient,
    task,
    begun: { seen: { version: null }, before },
    kept: keptIn(left, before),
    onClose,
    first: "name",
  });
  const ids = form.values.chosen.split(" ");
  const chosen = open.filter(({ id }) => ids.includes(id));
  const save = () =>
    form.act(
      () =>
        mutateAsync({
          patient,
          by: form.values.by as ConsentBy,
          name: form.values.name.trim(),
          treatments: chosen.map(({ id, version }) => ({ id, version })),
        }),
      {
        check: () => ({
          ...(form.values.name.trim() ? {} : { name: t("patients.required") }),
          ...(chosen.length > 0 ? {} : { which: t("dental.agreement.choose") }),
        }),
        done: onClose,
      },
    );
  return (
    <KeptPane
      title={t("dental.agreement.title")}
      act={open.length > 0 ? t("dental.agreement.act") : null}
      onAct={save}
      form={form}
      onClose={onClose}
    >
      <p>{t(open.length > 0 ? "dental.agreement.text" : "dental.agreement.none")}</p>
      {open.length > 0 && (
        <div {...form.around} style={{ display: "contents" }}>
          <div
            role="group"
            aria-label={t("dental.agreement.which")}
            className={style["which"]}
            data-field="which"
          >
            {open.map((treatment) => (
              <CheckField
                key={treatment.id}
                label={[treatmentSaid(t, treatment), treatedSaid(treatment, number)]
                  .filter(Boolean)
                  .join(" · ")}
                value={ids.includes(treatment.id)}
                onChange={(on) => {
                  const now = open.filter(({ id }) => (id === treatment.id ? on : ids.includes(id)));
                  form.set({ chosen: now.map(({ id }) => id).join(" ") });
                }}
              />
            ))}
            {form.errors["which"] && (
              <p className={style["wrong"]} role="alert">
                {form.errors["which"]}
              </p>
            )}
          </div>
          <SelectField
            {...form.text("by")}
            label={t("dental.agreement.by")}
            options={BY.filter((by) => by === "guardian" || !mouth.guarded).map((value) => ({
              value,
              label: t(`dental.agreement.by_word.${value}`),
            }))}
          />
          <TextField {...form.text("name")} label={t("dental.agreement.name")} autoComplete="off" required />
        </div>
      )}
    </KeptPane>
  );
}

/** Whether it is still to be done, and somebody has to agree. */
function isOpen({ status, agreed }: TreatmentRow): boolean {
  return !agreed && status !== "done" && status !== "failed" && status !== "cancelled";
}
