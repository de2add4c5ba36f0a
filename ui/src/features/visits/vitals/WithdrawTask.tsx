import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { CheckField } from "../../../components/fields";
import { Pane } from "../../../components/Pane";
import { ReasonPane } from "../../../components/ReasonPane";
import { RefusedPane } from "../../../components/RefusedPane";
import { Skeleton } from "../../../components/Skeleton";
import type { Sign } from "../../../generated/Sign";
import type { VitalRow } from "../../../generated/VitalRow";
import { useZone } from "../../../host/session";
import { useAsOpened } from "../../../host/use-as-opened";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { useKeptReason } from "../../../host/use-kept-reason";
import { taskName } from "../../../forms/task";
import { useLeft, type Left } from "../../../host/use-left";
import { useThrowAway } from "../../../host/use-throw-away";
import { useDates } from "../../../i18n/use-dates";
import type { TaskProps } from "../../../records/parts";
import { cellsOf, measuredSigns } from "./columns";
import { useSignWords } from "./sign-words";
import style from "./vitals.module.css";

/** Withdraws measurements of one taking: `vital RECORD`, any record of it. */
export function WithdrawVitals(props: TaskProps<"vital">) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  const id = task.record;
  const subject = taskName(task);
  const signs = useQueryOf("vital_signs", { patient });
  const left = useLeft(patient, subject);
  const row = signs.data?.rows.find(({ values }) => values.some((value) => value.id === id));
  const seen = useAsOpened(subject, row ?? null);
  const throwAway = useThrowAway(patient, subject, left);
  const title = t("vitals.withdraw_title");
  const onClose = () => onTask(null);
  if (signs.data && seen && left) {
    return <Form key={subject} {...props} row={seen} signs={signs.data.signs} left={left} />;
  }
  if (signs.error || (signs.data && !seen)) {
    const refused = signs.error ?? { code: "not_found", fields: {} };
    return <RefusedPane title={title} refused={refused} onClose={onClose} onThrowAway={throwAway} />;
  }
  return (
    <Pane title={title} onClose={onClose}>
      <Skeleton lines={4} />
    </Pane>
  );
}

interface FormProps extends TaskProps<"vital"> {
  row: VitalRow;
  signs: readonly Sign[];
  left: Left;
}

function Form({ patient, task, row, signs, left, onTask }: FormProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const zone = useZone();
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
  const [unchosen, setUnchosen] = useState(false);
  const command = useCommand("void_vital");
  const fields = useRef<HTMLDivElement>(null);
  const reason = useKeptReason({
    fields,
    patient,
    subject: taskName(task),
    left,
    busy: command.isPending,
    onClose,
  });
  const withdraw = async (said: string) => {
    const { record: named } = task;
    const which = cells.filter(({ id }) => chosen.includes(id));
    // The one by whose name the reason is kept goes last: it is found again as long as anything is left to withdraw.
    for (const { id, version } of which.sort((a, b) => Number(a.id === named) - Number(b.id === named))) {
      await command.mutateAsync({ id, version, reason: said });
      // Another try after a refusal sends what is left.
      setCells((all) => all.filter((cell) => cell.id !== id));
      setChosen((all) => all.filter((each) => each !== id));
    }
  };
  const act = () => {
    setUnchosen(chosen.length === 0);
    if (chosen.length > 0) return reason.send(withdraw, onClose);
    fields.current?.querySelector("input")?.focus();
  };
  const choose = (cell: string, on: boolean) => {
    if (reason.busy) return;
    setUnchosen(false);
    setChosen((all) => (on ? [...all, cell] : all.filter((id) => id !== cell)));
  };
  return (
    <ReasonPane
      title={t("vitals.withdraw_title")}
      act={t("vitals.withdraw_act")}
      onAct={act}
      refused={command.error}
      reason={reason}
      fields={fields}
      zone={zone}
      onClose={onClose}
      choice={
        <div role="group" aria-label={t("vitals.withdraw_which")} className={style["which"]}>
          {cells.map(({ id, name, text, unit }) => (
            <CheckField
              key={id}
              label={`${name} ${text} ${unit}`}
              value={chosen.includes(id)}
              onChange={(on) => choose(id, on)}
            />
          ))}
          {unchosen && (
            <p className={style["wrong"]} role="alert">
              {t("vitals.choose")}
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
