import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../components/Button";
import { TextArea } from "../../components/fields";
import { Pane } from "../../components/Pane";
import { RefusalNote } from "../../components/RefusalNote";
import { Restored } from "../../components/Restored";
import { Skeleton } from "../../components/Skeleton";
import { TextButton } from "../../components/TextButton";
import type { Refused } from "../../host/host";
import { useCommand, useDrop, useQueryOf } from "../../host/use-command";
import { useLeft, type Left } from "../../host/use-left";
import { useScratch } from "../../host/use-scratch";
import { useWhen } from "./now";
import { START, type TaskProps } from "./parts";

/** Starts a visit with the words that the desk hears; who reads the chart starts it by the press alone. */
export function StartTask({ patient, task, onTask }: TaskProps) {
  const { t } = useTranslation();
  const banner = useQueryOf("banner", { patient });
  const left = useLeft(patient, START);
  const onClose = () => onTask(null);
  if (banner.data && left) {
    return (
      <Form key={task} patient={patient} left={left} there={banner.data.visit !== null} onClose={onClose} />
    );
  }
  return (
    <Pane title={t("visits.start")} onClose={onClose}>
      <Skeleton lines={4} />
    </Pane>
  );
}

interface FormProps {
  patient: string;
  left: Left;
  /** They are in a visit, also one that somebody else started while this was typed. */
  there: boolean;
  onClose: () => void;
}

function Form({ patient, left, there: seen, onClose }: FormProps) {
  const { t } = useTranslation();
  const when = useWhen();
  const [concern, setConcern] = useState(left.row?.text ?? "");
  const start = useCommand("start_visit");
  const drop = useDrop();
  const barred = start.error?.code === "in_visit";
  const there = seen || barred;
  const busy = start.isPending;
  const touched = concern.trim() !== "";
  const scratch = useScratch(patient, START, concern, touched, left.row !== null, busy);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("textarea")?.focus(), []);
  const save = () => {
    if (busy || there) return;
    const visit = {
      patient,
      kind: "consultation",
      concern: concern.trim() || null,
      status: "arrived",
    } as const;
    const written = () => {
      scratch.forget();
      // Whoever left before the answer is not called back.
      if (box.current) onClose();
    };
    const refused = ({ code }: Refused) => {
      // The banner did not know yet that somebody else had started it.
      if (code === "in_visit") drop("chart");
    };
    scratch.until(start.mutateAsync(visit).then(written, refused));
  };
  const throwAway = () => {
    scratch.forget();
    onClose();
  };
  return (
    <Pane
      title={t("visits.start")}
      onClose={onClose}
      status={scratch.keptAt && t("saved.here", { time: scratch.keptAt })}
      action={
        (!there || busy) && (
          <PrimaryButton shortcut="mod+Enter" onClick={save} loading={busy}>
            {t("visits.start")}
          </PrimaryButton>
        )
      }
    >
      {start.error && !barred && <RefusalNote refused={start.error} />}
      {there && !busy && <p role="status">{t("visits.there_already")}</p>}
      {left.row && touched && !there && (
        <Restored>{t("visits.restored", { when: when(new Date(left.row.at).toISOString()) })}</Restored>
      )}
      <div ref={box}>
        {(!there || touched) && (
          <TextArea
            label={t("visits.desk_concern")}
            hint={t("visits.desk_concern_hint")}
            name="concern"
            value={concern}
            onChange={setConcern}
            lines={3}
            readOnly={busy || there}
          />
        )}
      </div>
      <div>{touched && !busy && <TextButton onClick={throwAway}>{t("visits.throw_away")}</TextButton>}</div>
    </Pane>
  );
}
