import { useTranslation } from "react-i18next";
import { DateField } from "../../components/DateField";
import { SelectField, TextField } from "../../components/fields";
import { TextButton } from "../../components/TextButton";
import { tell } from "../../components/tell";
import { KeptPane } from "../../forms/KeptPane";
import { ReasonPane } from "../../forms/ReasonPane";
import { TaskFrame } from "../../forms/TaskFrame";
import { keptIn, type Left } from "../../forms/use-left";
import { useReason } from "../../forms/use-reason";
import { useRecordForm } from "../../forms/use-record-form";
import type { Depth } from "../../generated/Depth";
import type { FindingRow } from "../../generated/FindingRow";
import type { Mark } from "../../generated/Mark";
import type { ToothMarkText } from "../../generated/ToothMarkText";
import { useZone } from "../../host/session";
import { useCommand } from "../../host/use-command";
import { en } from "../../i18n/en";
import { useClock } from "../../i18n/use-clock";
import { surfacesSaid } from "../../records/kinds/dental";
import type { TaskProps } from "../../records/parts";
import { choiceWord } from "../../records/words";
import { surfacesOf, surfacesTrouble } from "./called";
import { findingLine } from "./say";
import { useNumbered } from "./numbers";

const MARKS = Object.keys(en.record.tooth_mark.word.mark) as Mark[];
const DEPTHS = Object.keys(en.record.tooth_mark.word.depth) as Depth[];

/** Changes what is said of a finding, ends it, or withdraws it. */
export function MarkTask(props: TaskProps<"mark">) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  const withdraws = task.act === "withdraw";
  return (
    <TaskFrame
      title={t(withdraws ? "dental.mark.withdraw" : "dental.mark.title")}
      patient={patient}
      task={task}
      ask={["whole_mark", { id: task.record }]}
      find={(finding) => finding}
      onClose={() => onTask(null)}
    >
      {(finding, left) =>
        withdraws ? (
          <Withdraw {...props} finding={finding} left={left} />
        ) : (
          <Change {...props} finding={finding} left={left} />
        )
      }
    </TaskFrame>
  );
}

type FormProps = TaskProps<"mark"> & { finding: FindingRow; left: Left };

function Change({ patient, task, finding, left, onTask }: FormProps) {
  const { t } = useTranslation();
  const number = useNumbered(patient);
  const { day: today } = useClock(useZone());
  const { mutateAsync } = useCommand("edit_mark");
  const onClose = () => onTask(null);
  const text = (value: string | number | null) => String(value ?? "");
  const before = {
    mark: finding.mark as string,
    surfaces: surfacesSaid(finding.tooth, finding.surfaces),
    depth: text(finding.depth),
    for_caries: finding.for_caries === null ? "" : String(finding.for_caries),
    grade: text(finding.grade),
    material: text(finding.material),
    ended: text(finding.ended),
    text: text(finding.text),
  };
  const form = useRecordForm({
    patient,
    task,
    begun: { seen: { version: finding.version }, before },
    kept: keptIn(left, before),
    onClose,
  });
  const { values } = form;
  const typed = values.surfaces.trim();
  const wrong = surfacesTrouble(typed, finding.tooth);
  const surfaces = surfacesOf(typed) || null;
  const save = () => {
    if (!form.touched) return onClose();
    const changed = (name: keyof typeof before) => values[name] !== form.before[name];
    const patch: ToothMarkText = {
      ...(changed("mark") ? { mark: values.mark as Mark } : {}),
      ...(changed("surfaces") ? { surfaces } : {}),
      ...(changed("depth") ? { depth: (values.depth || null) as Depth | null } : {}),
      ...(changed("for_caries")
        ? { for_caries: values.for_caries === "" ? null : values.for_caries === "true" }
        : {}),
      ...(changed("grade") ? { grade: values.grade.trim() === "" ? null : Number(values.grade) } : {}),
      ...(changed("material") ? { material: values.material.trim() || null } : {}),
      ...(changed("ended") ? { ended: values.ended || null } : {}),
      ...(changed("text") ? { text: values.text.trim() || null } : {}),
    };
    const version = form.seen.version ?? finding.version;
    form.act(() => mutateAsync({ id: finding.id, version, patch }), {
      check: () => ({
        ...(wrong ? { surfaces: t(`dental.entry.trouble.${wrong}`) } : {}),
        ...(/^\s*\d?\s*$/.test(values.grade) ? {} : { grade: t("patients.refused_value") }),
      }),
      done: ({ conflict }) => {
        if (conflict) tell(t("dental.entry.kept_conflict"));
        onClose();
      },
    });
  };
  const words = (field: "mark" | "depth", all: readonly string[], none: boolean) => [
    ...(none ? [{ value: "", label: t("dental.entry.not_said") }] : []),
    ...all.map((value) => ({ value, label: choiceWord(t, "tooth_mark", field, value) })),
  ];
  return (
    <KeptPane
      title={t("dental.mark.title")}
      act={t("dental.mark.save")}
      onAct={save}
      form={form}
      onClose={onClose}
      instead={
        <TextButton
          onClick={() => onTask({ of: "mark", act: "withdraw", record: finding.id, tooth: task.tooth })}
        >
          {t("dental.mark.withdraw")}
        </TextButton>
      }
    >
      <p>
        <b>{findingLine(t, finding, number)}</b>
      </p>
      <div {...form.around} style={{ display: "contents" }}>
        <SelectField
          {...form.text("mark")}
          label={t("record.tooth_mark.field.mark")}
          options={words("mark", MARKS, false)}
        />
        <TextField
          {...form.text("surfaces")}
          label={t("record.tooth_mark.field.surfaces")}
          autoComplete="off"
        />
        <SelectField
          {...form.text("depth")}
          label={t("record.tooth_mark.field.depth")}
          options={words("depth", DEPTHS, true)}
        />
        <SelectField
          {...form.text("for_caries")}
          label={t("record.tooth_mark.field.for_caries")}
          options={[
            { value: "", label: t("dental.entry.not_said") },
            { value: "true", label: t("patients.yes") },
            { value: "false", label: t("patients.no_word") },
          ]}
        />
        <TextField {...form.text("grade")} label={t("record.tooth_mark.field.grade")} inputMode="numeric" />
        <TextField {...form.text("material")} label={t("record.tooth_mark.field.material")} />
        <DateField
          name="ended"
          label={t("record.tooth_mark.field.ended")}
          value={values.ended}
          onChange={(ended) => form.set({ ended })}
          onUnread={(now) => form.onUnread("ended", now)}
          unread={form.unread["ended"]?.text}
          today={today}
          hint={t("patients.date_hint")}
          readOnly={form.busy}
          error={form.errors["ended"]}
        />
        <TextField {...form.text("text")} label={t("record.tooth_mark.field.text")} />
      </div>
    </KeptPane>
  );
}

function Withdraw({ patient, task, finding, left, onTask }: FormProps) {
  const { t } = useTranslation();
  const number = useNumbered(patient);
  const { mutateAsync } = useCommand("void_mark");
  const onClose = () => onTask(null);
  const form = useReason({ patient, task, left, onClose });
  const { id, version } = finding;
  return (
    <ReasonPane
      title={t("dental.mark.withdraw")}
      act={t("dental.mark.withdraw_act")}
      onAct={() => form.send((reason) => mutateAsync({ id, version, reason }), onClose)}
      form={form}
      onClose={onClose}
    >
      <p>
        <b>{findingLine(t, finding, number)}</b>
      </p>
      <p>{t("dental.mark.withdraw_text")}</p>
    </ReasonPane>
  );
}
