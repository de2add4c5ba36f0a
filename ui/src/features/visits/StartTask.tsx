import { useTranslation } from "react-i18next";
import { TextArea } from "../../components/fields";
import { KeptPane } from "../../forms/KeptPane";
import { TaskFrame } from "../../forms/TaskFrame";
import { keptText, type Left } from "../../forms/use-left";
import { useRecordForm } from "../../forms/use-record-form";
import { useCommand, useDrop } from "../../host/use-command";
import type { TaskProps } from "../../records/parts";

/** Starts a visit with the words that the desk hears; who reads the chart starts it by the press alone. */
export function StartTask(props: TaskProps<"start">) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  return (
    <TaskFrame
      title={t("visits.start")}
      patient={patient}
      task={task}
      ask={["banner", { patient }]}
      find={(found) => found}
      onClose={() => onTask(null)}
    >
      {(_, left, { visit }) => <Form {...props} there={visit !== null} left={left} />}
    </TaskFrame>
  );
}

interface FormProps extends TaskProps<"start"> {
  /** They are in a visit, also one that somebody else started while this was typed. */
  there: boolean;
  left: Left;
}

function Form({ patient, task, there: known, left, onTask }: FormProps) {
  const { t } = useTranslation();
  const { mutateAsync } = useCommand("start_visit");
  const drop = useDrop();
  const onClose = () => onTask(null);
  const form = useRecordForm({
    patient,
    task,
    begun: { seen: { version: null }, before: { concern: "" } },
    kept: keptText(left, "concern"),
    write: ({ values }) => values.concern,
    onClose,
  });
  const { busy, touched, refused } = form;
  const barred = refused?.code === "in_visit";
  const there = (known || barred) && !busy;
  const save = () => {
    if (there) return;
    const concern = form.values.concern.trim() || null;
    form.act(() => mutateAsync({ patient, kind: "consultation", concern, status: "arrived" }), {
      done: onClose,
      // The banner did not know yet that somebody else had started it.
      refused: ({ code }) => code === "in_visit" && drop("visit"),
    });
  };
  return (
    <KeptPane
      title={t("visits.start")}
      act={there ? null : t("visits.start")}
      onAct={save}
      form={there ? { ...form, since: null, refused: barred ? null : refused } : form}
      onClose={onClose}
    >
      {there && <p role="status">{t("visits.there_already")}</p>}
      <div {...form.around} style={{ display: "contents" }}>
        {(!there || touched) && (
          <TextArea
            {...form.text("concern")}
            label={t("visits.desk_concern")}
            hint={t("visits.desk_concern_hint")}
            lines={3}
            readOnly={busy || there}
          />
        )}
      </div>
    </KeptPane>
  );
}
