import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { TextArea } from "../../components/fields";
import { KeptPane } from "../../components/KeptPane";
import { Pane } from "../../components/Pane";
import { Skeleton } from "../../components/Skeleton";
import type { Refused } from "../../host/host";
import { useZone } from "../../host/session";
import { useCommand, useDrop, useQueryOf } from "../../host/use-command";
import { useKeptForm } from "../../host/use-kept-form";
import { useLeft, type Left } from "../../host/use-left";
import { taskName } from "../../forms/task";
import type { TaskProps } from "../../records/parts";

/** Starts a visit with the words that the desk hears; who reads the chart starts it by the press alone. */
export function StartTask({ patient, task, onTask }: TaskProps<"start">) {
  const { t } = useTranslation();
  const banner = useQueryOf("banner", { patient });
  const left = useLeft(patient, taskName(task));
  const onClose = () => onTask(null);
  if (banner.data && left) {
    return (
      <Form
        key={patient}
        patient={patient}
        left={left}
        there={banner.data.visit !== null}
        onClose={onClose}
      />
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
  const zone = useZone();
  const [concern, setConcern] = useState(left.row?.text ?? "");
  const start = useCommand("start_visit");
  const drop = useDrop();
  const barred = start.error?.code === "in_visit";
  const there = seen || barred;
  const busy = start.isPending;
  const touched = concern.trim() !== "";
  const fields = useRef<HTMLDivElement>(null);
  const form = useKeptForm({
    fields,
    patient,
    subject: taskName({ of: "start" }),
    text: concern,
    touched,
    left: left.row?.at ?? null,
    busy,
    onClose,
  });
  const save = () => {
    if (busy || there) return;
    const visit = {
      patient,
      kind: "consultation",
      concern: concern.trim() || null,
      status: "arrived",
    } as const;
    const refused = ({ code }: Refused) => {
      // The banner did not know yet that somebody else had started it.
      if (code === "in_visit") drop("visit");
    };
    form.send(start.mutateAsync(visit), onClose, refused);
  };
  return (
    <KeptPane
      title={t("visits.start")}
      act={there && !busy ? null : t("visits.start")}
      onAct={save}
      refused={barred ? null : start.error}
      form={there ? { ...form, since: null } : form}
      zone={zone}
      onClose={onClose}
    >
      {there && !busy && <p role="status">{t("visits.there_already")}</p>}
      <div ref={fields}>
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
    </KeptPane>
  );
}
