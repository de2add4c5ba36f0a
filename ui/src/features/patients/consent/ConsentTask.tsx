import { useTranslation } from "react-i18next";
import { SelectField, TextField } from "../../../components/fields";
import { KeptPane } from "../../../forms/KeptPane";
import { TaskFrame } from "../../../forms/TaskFrame";
import { keptIn, type Left } from "../../../forms/use-left";
import { useRecordForm } from "../../../forms/use-record-form";
import type { ConsentAnswer } from "../../../generated/ConsentAnswer";
import type { ConsentBy } from "../../../generated/ConsentBy";
import type { ConsentSort } from "../../../generated/ConsentSort";
import { useCommand } from "../../../host/use-command";
import type { TaskProps } from "../../../records/parts";
import { choiceWord } from "../../../records/words";

const SORTS: readonly ConsentSort[] = ["privacy", "minors"];
const ANSWERS: readonly ConsentAnswer[] = ["given", "refused"];
const BY: readonly ConsentBy[] = ["patient", "guardian"];

/** The words of a line begin small; those of a choice do not. */
const capital = (word: string) => word.charAt(0).toLocaleUpperCase() + word.slice(1);

/** Writes down what a person, or who decides for them, agreed to: the first thing that lacks, unless another is chosen. */
export function ConsentTask(props: TaskProps<"consent">) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  return (
    <TaskFrame
      title={t("consent.title")}
      patient={patient}
      task={task}
      ask={["banner", { patient }]}
      find={(found) => found}
      onClose={() => onTask(null)}
    >
      {(seen, left) => <Form {...props} lacks={seen.lacks?.[0] ?? "privacy"} left={left} />}
    </TaskFrame>
  );
}

type FormProps = TaskProps<"consent"> & { lacks: ConsentSort; left: Left };

function Form({ patient, task, lacks, left, onTask }: FormProps) {
  const { t } = useTranslation();
  const { mutateAsync } = useCommand("record_consent");
  const onClose = () => onTask(null);
  const by: ConsentBy = lacks === "minors" ? "guardian" : "patient";
  const before = { sort: lacks as string, text: "", answer: "given", by: by as string, guardian: "" };
  const form = useRecordForm({
    patient,
    task,
    begun: { seen: { version: null }, before },
    kept: keptIn(left, before),
    onClose,
    first: "text",
  });
  const { sort, answer } = form.values;
  const guarded = sort === "minors" || form.values.by === "guardian";
  const said = {
    sort: sort as ConsentSort,
    text: form.values.text.trim(),
    answer: answer as ConsentAnswer,
    by: guarded ? ("guardian" as const) : ("patient" as const),
    guardian: guarded ? form.values.guardian.trim() : null,
  };
  const save = () =>
    form.act(() => mutateAsync({ patient, details: said }), {
      check: () => ({
        ...(said.text ? {} : { text: t("patients.required") }),
        ...(said.guardian === "" ? { guardian: t("patients.required") } : {}),
      }),
      done: onClose,
    });
  const words = (field: "sort" | "answer" | "by", all: readonly string[]) =>
    all.map((value) => ({ value, label: capital(choiceWord(t, "consent", field, value)) }));
  return (
    <KeptPane title={t("consent.title")} act={t("consent.act")} onAct={save} form={form} onClose={onClose}>
      <div {...form.around} style={{ display: "contents" }}>
        <SelectField {...form.text("sort")} label={t("consent.about")} options={words("sort", SORTS)} />
        <TextField
          {...form.text("text")}
          label={t("consent.version")}
          hint={t("consent.version_hint")}
          autoComplete="off"
          required
        />
        <SelectField
          {...form.text("answer")}
          label={t("consent.answer")}
          options={words("answer", ANSWERS)}
        />
        {sort !== "minors" && (
          <SelectField {...form.text("by")} label={t("consent.by")} options={words("by", BY)} />
        )}
        {guarded && (
          <TextField {...form.text("guardian")} label={t("consent.guardian")} autoComplete="off" required />
        )}
      </div>
    </KeptPane>
  );
}
