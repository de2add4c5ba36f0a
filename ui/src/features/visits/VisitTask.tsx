import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { SelectField, TextArea } from "../../components/fields";
import { KeptPane } from "../../components/KeptPane";
import { Pane } from "../../components/Pane";
import { RefusedPane } from "../../components/RefusedPane";
import { Skeleton } from "../../components/Skeleton";
import { tell } from "../../components/tell";
import type { VisitType } from "../../generated/VisitType";
import type { VisitView } from "../../generated/VisitView";
import { useZone } from "../../host/session";
import { useCommand, useQueryOf } from "../../host/use-command";
import { useKeptForm } from "../../host/use-kept-form";
import { taskName } from "../../forms/task";
import { useLeft, type Left } from "../../host/use-left";
import { useThrowAway } from "../../host/use-throw-away";
import type { TaskProps } from "../../records/parts";

const KINDS: readonly VisitType[] = [
  "consultation",
  "follow_up",
  "emergency",
  "procedure",
  "diagnostic",
  "routine",
];

/** Changes what a visit is for: `visit VISIT`. */
export function VisitTask({ patient, task, onTask }: TaskProps<"visit">) {
  const { t } = useTranslation();
  const { visit } = task;
  const subject = taskName(task);
  const view = useQueryOf("visit", { visit });
  const left = useLeft(patient, subject);
  const throwAway = useThrowAway(patient, subject, left);
  if (view.data?.patient === patient && left) {
    return <Form key={subject} view={view.data} subject={subject} left={left} onClose={() => onTask(null)} />;
  }
  const title = t("visits.change_title");
  const onClose = () => onTask(null);
  if (view.error || (view.data && view.data.patient !== patient)) {
    const refused = view.error ?? { code: "not_found", fields: {} };
    return <RefusedPane title={title} refused={refused} onClose={onClose} onThrowAway={throwAway} />;
  }
  return (
    <Pane title={title} onClose={onClose}>
      <Skeleton lines={4} />
    </Pane>
  );
}

/** What the form holds. */
interface Typing {
  concern: string;
  kind: VisitType | "";
}

/** The typing as it is kept, with what was seen when it began. */
interface Draft {
  version: number;
  before: Typing;
  values: Typing;
}

function begun({ version, details: { concern = "", kind } }: VisitView): Draft {
  const before = { concern, kind: kind ?? "" } as const;
  return { version, before, values: before };
}

function keptDraft({ row }: Left): Draft | null {
  try {
    const { version, before, values } = JSON.parse(row?.text ?? "{}") as Partial<Draft>;
    return version !== undefined && before && values ? { version, before, values } : null;
  } catch {
    return null;
  }
}

interface FormProps {
  view: VisitView;
  /** The name under which the typing is kept. */
  subject: string;
  left: Left;
  onClose: () => void;
}

function Form({ view, subject, left, onClose }: FormProps) {
  const { t } = useTranslation();
  const zone = useZone();
  // As it was when the form was opened.
  const [kept] = useState(() => keptDraft(left));
  const [{ version, before, values }] = useState(kept ?? begun(view));
  const [kind, setKind] = useState(values.kind);
  const [concern, setConcern] = useState(values.concern);
  const edit = useCommand("edit_visit");
  const patch = {
    ...(kind && kind !== before.kind ? { kind } : {}),
    ...(concern.trim() === before.concern.trim() ? {} : { concern: concern.trim() || null }),
  };
  const touched = Object.keys(patch).length > 0;
  const text = JSON.stringify({ version, before, values: { concern, kind } } satisfies Draft);
  const busy = edit.isPending;
  const fields = useRef<HTMLDivElement>(null);
  const form = useKeptForm({
    fields,
    patient: view.patient,
    subject,
    text,
    touched,
    left: kept && left.row ? left.row.at : null,
    busy,
    onClose,
  });
  const save = () => {
    if (busy) return;
    if (!touched) return onClose();
    const written = edit.mutateAsync({ id: view.id, version, patch }).then(({ conflict }) => {
      if (conflict) tell(t("visits.saved_conflict"));
    });
    form.send(written, onClose);
  };
  return (
    <KeptPane
      title={t("visits.change_title")}
      act={t("visits.save")}
      onAct={save}
      refused={edit.error}
      form={form}
      zone={zone}
      onClose={onClose}
    >
      <div ref={fields}>
        <SelectField
          label={t("visits.kind")}
          name="kind"
          value={kind}
          onChange={(chosen) => busy || setKind(chosen as Typing["kind"])}
          options={KINDS.map((value) => ({ value, label: t(`patients.visit_type.${value}`) }))}
        />
      </div>
      <TextArea
        label={t("visits.desk_concern")}
        name="concern"
        value={concern}
        onChange={setConcern}
        lines={3}
        readOnly={busy}
      />
    </KeptPane>
  );
}
