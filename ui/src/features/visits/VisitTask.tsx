import { useTranslation } from "react-i18next";
import { SelectField, TextArea, TextField } from "../../components/fields";
import { tell } from "../../components/tell";
import { KeptPane } from "../../forms/KeptPane";
import { TaskFrame } from "../../forms/TaskFrame";
import { keptIn, type Left } from "../../forms/use-left";
import { useRecordForm } from "../../forms/use-record-form";
import type { Disposition } from "../../generated/Disposition";
import type { VisitType } from "../../generated/VisitType";
import type { VisitDetails } from "../../generated/VisitDetails";
import { useCommand } from "../../host/use-command";
import { VISIT_KINDS } from "../../records/kinds/visit";
import type { TaskProps } from "../../records/parts";

const DISPOSITIONS: readonly Disposition[] = ["home", "class", "rest", "referred", "hospital", "left"];

/** Says why somebody came and what the visit is for, and where they went from here. */
export function VisitTask(props: TaskProps<"visit">) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  return (
    <TaskFrame
      title={t("visits.change_title")}
      patient={patient}
      task={task}
      ask={["visit_details", { visit: task.visit }]}
      find={(visit) => (visit.patient === patient ? visit : null)}
      onClose={() => onTask(null)}
    >
      {(view, left) => <Form {...props} view={view} left={left} />}
    </TaskFrame>
  );
}

function Form({
  patient,
  task,
  view,
  left,
  onTask,
}: TaskProps<"visit"> & { view: VisitDetails; left: Left }) {
  const { t } = useTranslation();
  const { mutateAsync } = useCommand("edit_visit");
  const onClose = () => onTask(null);
  const { concern, kind, disposition, sent_with } = view.details;
  const before: { concern: string; kind: VisitType | ""; disposition: Disposition | ""; sent_with: string } =
    {
      concern: concern ?? "",
      kind: kind ?? "",
      disposition: disposition ?? "",
      sent_with: sent_with ?? "",
    };
  const form = useRecordForm({
    patient,
    task,
    begun: { seen: { version: view.version }, before },
    kept: keptIn(left, before),
    onClose,
  });
  const save = () => {
    if (!form.touched) return onClose();
    const version = form.seen.version ?? view.version;
    form.act(() => mutateAsync({ id: task.visit, version, patch: form.patch }).then(told), { done: onClose });
  };
  const told = ({ conflict }: { conflict: boolean }) => {
    if (conflict) tell(t("visits.saved_conflict"));
  };
  return (
    <KeptPane
      title={t("visits.change_title")}
      act={t("visits.save")}
      onAct={save}
      form={form}
      onClose={onClose}
    >
      <div {...form.around} style={{ display: "contents" }}>
        <TextArea
          {...form.text("concern")}
          label={t("visits.desk_concern")}
          hint={t("visits.desk_concern_hint")}
          lines={3}
        />
        <SelectField
          {...form.text("kind")}
          label={t("visits.kind")}
          options={["" as const, ...VISIT_KINDS].map((value) => ({
            value,
            label: t(value ? `patients.visit_type.${value}` : "patients.not_said"),
          }))}
        />
        <SelectField
          {...form.text("disposition")}
          label={t("visits.disposition")}
          options={["" as const, ...DISPOSITIONS].map((value) => ({
            value,
            label: t(value ? `visits.went.${value}` : "patients.not_said"),
          }))}
        />
        <TextField {...form.text("sent_with")} label={t("visits.sent_with")} />
      </div>
    </KeptPane>
  );
}
