import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../components/Button";
import { TextArea } from "../../components/fields";
import { Pane } from "../../components/Pane";
import { RefusalNote } from "../../components/RefusalNote";
import { Skeleton } from "../../components/Skeleton";
import { TextButton } from "../../components/TextButton";
import { useCommand, useQueryOf } from "../../host/use-command";
import { useLeft, type Left } from "../../host/use-left";
import { useScratch } from "../../host/use-scratch";
import { START, type TaskProps } from "./parts";

/** Starts a visit with the words that the desk hears; who reads the chart starts it by the press alone. */
export function StartTask({ patient, task, onTask }: TaskProps) {
  const { t } = useTranslation();
  const banner = useQueryOf("banner", { patient });
  const left = useLeft(patient, START);
  if (banner.data && !banner.data.visit && left) {
    return <Form key={task} patient={patient} left={left} onClose={() => onTask(null)} />;
  }
  return (
    <Pane title={t("visits.start")} onClose={() => onTask(null)}>
      {banner.data?.visit ? <p>{t("visits.there_already")}</p> : <Skeleton lines={4} />}
    </Pane>
  );
}

interface FormProps {
  patient: string;
  left: Left;
  onClose: () => void;
}

function Form({ patient, left, onClose }: FormProps) {
  const { t } = useTranslation();
  const [concern, setConcern] = useState(left.row?.text ?? "");
  const start = useCommand("start_visit");
  const busy = start.isPending;
  const touched = concern.trim() !== "";
  const scratch = useScratch(patient, START, concern, touched, left.row !== null, busy);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("textarea")?.focus(), []);
  const save = () => {
    if (busy) return;
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
    const refused = () => undefined;
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
        <PrimaryButton shortcut="mod+Enter" onClick={save} loading={busy}>
          {t("visits.start")}
        </PrimaryButton>
      }
    >
      {start.error && <RefusalNote refused={start.error} />}
      <div ref={box}>
        <TextArea
          label={t("visits.desk_concern")}
          hint={t("visits.desk_concern_hint")}
          name="concern"
          value={concern}
          onChange={setConcern}
          lines={3}
          readOnly={busy}
        />
      </div>
      <div>{touched && !busy && <TextButton onClick={throwAway}>{t("visits.throw_away")}</TextButton>}</div>
    </Pane>
  );
}
