import { useTranslation } from "react-i18next";
import { DateField } from "../../components/DateField";
import { SelectField, TextArea, TextField } from "../../components/fields";
import { KeptPane } from "../../forms/KeptPane";
import { TaskFrame } from "../../forms/TaskFrame";
import { keptIn, type Left } from "../../forms/use-left";
import { useRecordForm } from "../../forms/use-record-form";
import type { RecordId } from "../../generated/RecordId";
import { useZone } from "../../host/session";
import { useCommand } from "../../host/use-command";
import { useClock } from "../../i18n/use-clock";
import type { TaskProps } from "../../records/parts";
import { LONGEST_TITLE, useSorts } from "./sorts";
import type { FileView } from "./types";

type OfFile = TaskProps<"attachment"> & { file: RecordId };

/** Changes what is said of a file; its bytes are what they are. */
export function EditFile(props: OfFile) {
  const { patient, task, file, onTask } = props;
  const { t } = useTranslation();
  return (
    <TaskFrame
      title={t("files.edit.title")}
      patient={patient}
      task={task}
      ask={["file", { file }]}
      find={(view) =>
        view.patient !== patient ? null : view.disputed.length > 0 ? { barred: "disputed" } : view
      }
      onClose={() => onTask({ of: "file", file })}
    >
      {(view, left) => <Form {...props} view={view} left={left} />}
    </TaskFrame>
  );
}

function Form({ patient, task, view, left, onTask, onSaved }: OfFile & { view: FileView; left: Left }) {
  const { t } = useTranslation();
  const sorts = useSorts();
  const today = useClock(useZone()).day;
  const { mutateAsync } = useCommand("edit_file");
  const { sort, title, taken_on, note } = view.details;
  const before = {
    title: title ?? "",
    sort: (sort ?? "") as string,
    taken_on: taken_on ?? "",
    note: note ?? "",
  };
  const back = () => onTask({ of: "file", file: view.id });
  const form = useRecordForm({
    patient,
    task,
    begun: { seen: { version: view.version }, before },
    kept: keptIn(left, before),
    onClose: back,
  });
  const { values } = form;
  const save = () =>
    form.act(
      () =>
        mutateAsync({ id: view.id, version: form.seen.version ?? view.version, patch: form.patch as object }),
      {
        check: () => ({
          ...(values.title.trim() ? {} : { title: t("files.add.title_required") }),
          ...(values.sort ? {} : { sort: t("patients.required") }),
        }),
        done: ({ conflict }) => (conflict ? onSaved({ what: "attachment", conflict }) : back()),
      },
    );
  return (
    <KeptPane
      title={t("files.edit.title")}
      act={form.touched ? t("files.edit.send") : null}
      onAct={save}
      form={form}
      onClose={back}
    >
      <div {...form.around} style={{ display: "contents" }}>
        <TextField
          {...form.text("title")}
          label={t("files.title_label")}
          maxLength={LONGEST_TITLE}
          required
        />
        <SelectField {...form.text("sort")} label={t("files.facts.sort")} options={sorts} />
        <DateField
          name="taken_on"
          label={t("files.facts.taken_on")}
          value={values.taken_on}
          onChange={(taken_on) => form.set({ taken_on })}
          today={today}
          error={form.errors["taken_on"]}
          readOnly={form.busy}
          unread={form.unread["taken_on"]?.text}
          onUnread={(unread) => form.onUnread("taken_on", unread)}
        />
        <TextArea {...form.text("note")} label={t("files.facts.note")} />
      </div>
    </KeptPane>
  );
}
