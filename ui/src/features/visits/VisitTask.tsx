import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../components/Button";
import { SelectField, TextArea } from "../../components/fields";
import { Pane } from "../../components/Pane";
import { RefusalNote } from "../../components/RefusalNote";
import { Skeleton } from "../../components/Skeleton";
import { tell } from "../../components/tell";
import type { VisitType } from "../../generated/VisitType";
import type { VisitView } from "../../generated/VisitView";
import { useCommand, useQueryOf } from "../../host/use-command";
import type { TaskProps } from "./parts";

const KINDS: readonly VisitType[] = [
  "consultation",
  "follow_up",
  "emergency",
  "procedure",
  "diagnostic",
  "routine",
];

/** Changes what a visit is for: `visit VISIT`. */
export function VisitTask({ patient, task, onTask }: TaskProps) {
  const { t } = useTranslation();
  const [, visit = ""] = task.split(" ");
  const view = useQueryOf("visit", { visit });
  if (view.data?.patient === patient)
    return <Form key={task} view={view.data} onClose={() => onTask(null)} />;
  return (
    <Pane title={t("visits.change_title")} onClose={() => onTask(null)}>
      {view.error || view.data ? (
        <RefusalNote refused={view.error ?? { code: "not_found", fields: {} }} />
      ) : (
        <Skeleton lines={4} />
      )}
    </Pane>
  );
}

function Form({ view, onClose }: { view: VisitView; onClose: () => void }) {
  const { t } = useTranslation();
  // As it was when the form was opened.
  const [seen] = useState(view);
  const [kind, setKind] = useState<string>(seen.details.kind ?? "");
  const [concern, setConcern] = useState(seen.details.concern ?? "");
  const edit = useCommand("edit_visit");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("select")?.focus(), []);
  const save = () => {
    const patch = {
      ...(kind && kind !== seen.details.kind ? { kind } : {}),
      ...(concern.trim() === (seen.details.concern ?? "") ? {} : { concern: concern.trim() || null }),
    };
    if (Object.keys(patch).length === 0) return onClose();
    edit.mutate(
      { id: seen.id, version: seen.version, patch },
      {
        onSuccess: ({ conflict }) => {
          if (conflict) tell(t("visits.saved_conflict"));
          onClose();
        },
      },
    );
  };
  return (
    <Pane
      title={t("visits.change_title")}
      onClose={onClose}
      status=""
      action={
        <PrimaryButton shortcut="mod+Enter" onClick={save} loading={edit.isPending}>
          {t("visits.save")}
        </PrimaryButton>
      }
    >
      {edit.error && <RefusalNote refused={edit.error} />}
      <div ref={box}>
        <SelectField
          label={t("visits.kind")}
          name="kind"
          value={kind}
          onChange={setKind}
          options={KINDS.map((value) => ({ value, label: t(`patients.visit_type.${value}`) }))}
        />
      </div>
      <TextArea
        label={t("visits.desk_concern")}
        name="concern"
        value={concern}
        onChange={setConcern}
        lines={3}
      />
    </Pane>
  );
}
