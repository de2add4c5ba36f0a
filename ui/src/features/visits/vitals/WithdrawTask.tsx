import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../../components/Button";
import { CheckField, TextArea } from "../../../components/fields";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import type { Sign } from "../../../generated/Sign";
import type { VitalRow } from "../../../generated/VitalRow";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { useDates } from "../../../i18n/use-dates";
import type { TaskProps } from "../parts";
import { cellsOf, measuredSigns } from "./columns";
import { useSignWords } from "./sign-words";
import style from "./vitals.module.css";

/** Withdraws measurements of one taking: `vital RECORD`, any record of it. */
export function WithdrawVitals({ patient, task, onTask }: TaskProps) {
  const { t } = useTranslation();
  const [, id = ""] = task.split(" ");
  const signs = useQueryOf("vital_signs", { patient });
  const row = signs.data?.rows.find(({ values }) => values.some((value) => value.id === id));
  if (signs.data && row) {
    return <Form key={task} row={row} signs={signs.data.signs} onClose={() => onTask(null)} />;
  }
  return (
    <Pane title={t("vitals.withdraw_title")} onClose={() => onTask(null)}>
      {signs.error || signs.data ? (
        <RefusalNote refused={signs.error ?? { code: "not_found", fields: {} }} />
      ) : (
        <Skeleton lines={4} />
      )}
    </Pane>
  );
}

function Form({ row, signs, onClose }: { row: VitalRow; signs: readonly Sign[]; onClose: () => void }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const words = useSignWords();
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
  const [reason, setReason] = useState("");
  const [error, setError] = useState<{ at: "which" | "reason"; words: string } | null>(null);
  const withdraw = useCommand("void_vital");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector<HTMLElement>("input, textarea")?.focus(), []);
  const act = async () => {
    if (chosen.length === 0) {
      box.current?.querySelector<HTMLElement>("input")?.focus();
      return setError({ at: "which", words: t("vitals.choose") });
    }
    if (!reason.trim()) {
      box.current?.querySelector<HTMLElement>("textarea")?.focus();
      return setError({ at: "reason", words: t("vitals.reason_required") });
    }
    try {
      for (const { id, version } of cells.filter((cell) => chosen.includes(cell.id))) {
        await withdraw.mutateAsync({ id, version, reason: reason.trim() });
        // Another try after a refusal sends what is left.
        setCells((all) => all.filter((cell) => cell.id !== id));
        setChosen((all) => all.filter((each) => each !== id));
      }
      onClose();
    } catch {
      // What was refused is told by the command's state; what was withdrawn before it is.
    }
  };
  return (
    <Pane
      title={t("vitals.withdraw_title")}
      onClose={onClose}
      status=""
      action={
        <PrimaryButton shortcut="mod+Enter" onClick={() => void act()} loading={withdraw.isPending}>
          {t("vitals.withdraw_act")}
        </PrimaryButton>
      }
    >
      {withdraw.error && <RefusalNote refused={withdraw.error} />}
      <p>
        <time>
          {date(row.day)}
          {row.time && ` ${row.time}`}
        </time>
        {row.author && ` · ${row.author}`}
      </p>
      <p>{t("vitals.withdraw_text")}</p>
      <div ref={box} className={style["form"]}>
        <div role="group" aria-label={t("vitals.withdraw_which")} className={style["which"]}>
          {cells.map((cell) => (
            <CheckField
              key={cell.id}
              label={`${cell.name} ${cell.text} ${cell.unit}`}
              value={chosen.includes(cell.id)}
              onChange={(on) => {
                setError(null);
                setChosen((all) => (on ? [...all, cell.id] : all.filter((id) => id !== cell.id)));
              }}
            />
          ))}
          {error?.at === "which" && (
            <p className={style["wrong"]} role="alert">
              {error.words}
            </p>
          )}
        </div>
        <TextArea
          label={t("vitals.reason")}
          name="reason"
          value={reason}
          onChange={setReason}
          error={error?.at === "reason" ? error.words : null}
          required
        />
      </div>
    </Pane>
  );
}
