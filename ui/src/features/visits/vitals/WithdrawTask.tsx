import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CheckField } from "../../../components/fields";
import { ReasonPane } from "../../../forms/ReasonPane";
import { TaskFrame } from "../../../forms/TaskFrame";
import type { Left } from "../../../forms/use-left";
import { useReason } from "../../../forms/use-reason";
import type { Sign } from "../../../generated/Sign";
import type { VitalRow } from "../../../generated/VitalRow";
import { useCommand } from "../../../host/use-command";
import { useDates } from "../../../i18n/use-dates";
import type { TaskProps } from "../../../records/parts";
import { cellsOf, measuredSigns } from "./columns";
import { useSignWords } from "./sign-words";
import style from "./vitals.module.css";

/** Withdraws measurements of one taking, which any record of it names. */
export function WithdrawVitals(props: TaskProps<"vital">) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  return (
    <TaskFrame
      title={t("vitals.withdraw_title")}
      patient={patient}
      task={task}
      ask={["vital_signs", { patient }]}
      find={({ signs, rows }) => {
        const row = rows.find(({ values }) => values.some(({ id }) => id === task.record));
        return row ? { signs, row } : null;
      }}
      onClose={() => onTask(null)}
    >
      {(seen, left) => <Form {...props} {...seen} left={left} />}
    </TaskFrame>
  );
}

type FormProps = TaskProps<"vital"> & { row: VitalRow; signs: readonly Sign[]; left: Left };

function Form({ patient, task, row, signs, left, onTask }: FormProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const words = useSignWords();
  const onClose = () => onTask(null);
  // As it was when the form was opened: what is withdrawn leaves the row one by one.
  const [cells, setCells] = useState(() =>
    measuredSigns(signs, [row]).flatMap((together) =>
      cellsOf(together, row).map((cell) => ({
        ...cell,
        version: row.values.find(({ id }) => id === cell.id)?.version ?? 0,
        name: words.name(together),
      })),
    ),
  );
  const [chosen, setChosen] = useState<readonly string[]>(cells.length === 1 ? [cells[0]?.id ?? ""] : []);
  const { mutateAsync } = useCommand("void_vital");
  const form = useReason({ patient, task, left, onClose });
  const withdraw = async (reason: string) => {
    const which = cells.filter(({ id }) => chosen.includes(id));
    const last = (id: string) => Number(id === task.record);
    // The one by whose name the reason is kept goes last: it is found again as long as anything is left to withdraw.
    for (const { id, version } of which.sort((one, other) => last(one.id) - last(other.id))) {
      await mutateAsync({ id, version, reason });
      // Another try after a refusal sends what is left.
      setCells((all) => all.filter((cell) => cell.id !== id));
      setChosen((all) => all.filter((each) => each !== id));
    }
  };
  const act = () =>
    form.send(withdraw, onClose, () => (chosen.length > 0 ? {} : { which: t("vitals.choose") }));
  const choose = (cell: string, on: boolean) => {
    if (form.busy) return;
    form.tell({});
    setChosen((all) => (on ? [...all, cell] : all.filter((id) => id !== cell)));
  };
  return (
    <ReasonPane
      title={t("vitals.withdraw_title")}
      act={t("vitals.withdraw_act")}
      onAct={act}
      form={form}
      onClose={onClose}
      choice={
        <div
          role="group"
          aria-label={t("vitals.withdraw_which")}
          className={style["which"]}
          data-field="which"
        >
          {cells.map(({ id, name, text, unit }) => (
            <CheckField
              key={id}
              label={`${name} ${text} ${unit}`}
              value={chosen.includes(id)}
              onChange={(on) => choose(id, on)}
            />
          ))}
          {form.errors["which"] && (
            <p className={style["wrong"]} role="alert">
              {form.errors["which"]}
            </p>
          )}
        </div>
      }
    >
      <p>
        <time>
          {row.day === null ? t("patients.undated") : date(row.day)}
          {row.time && ` ${row.time}`}
        </time>
        {row.author && ` · ${row.author}`}
      </p>
      <p>{t("vitals.withdraw_text")}</p>
    </ReasonPane>
  );
}
