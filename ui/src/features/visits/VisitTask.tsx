import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../components/Button";
import { SelectField, TextArea } from "../../components/fields";
import { Pane } from "../../components/Pane";
import { RefusalNote } from "../../components/RefusalNote";
import { Restored } from "../../components/Restored";
import { Skeleton } from "../../components/Skeleton";
import { TextButton } from "../../components/TextButton";
import { tell } from "../../components/tell";
import type { VisitType } from "../../generated/VisitType";
import type { VisitView } from "../../generated/VisitView";
import type { Kept } from "../../generated/Kept";
import { useCommand, useQueryOf } from "../../host/use-command";
import { useLeft, type Left } from "../../host/use-left";
import { useScratch } from "../../host/use-scratch";
import { useWhen } from "./now";
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
  const left = useLeft(patient, task);
  if (view.data?.patient === patient && left) {
    return <Form key={task} view={view.data} task={task} left={left} onClose={() => onTask(null)} />;
  }
  const foreign = view.data && view.data.patient !== patient;
  return (
    <Pane title={t("visits.change_title")} onClose={() => onTask(null)}>
      {view.error || foreign ? (
        <RefusalNote refused={view.error ?? { code: "not_found", fields: {} }} />
      ) : (
        <Skeleton lines={4} />
      )}
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
  task: string;
  left: Left;
  onClose: () => void;
}

function Form({ view, task, left, onClose }: FormProps) {
  const { t } = useTranslation();
  const when = useWhen();
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
  const scratch = useScratch(view.patient, task, text, touched, kept !== null, busy);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("select")?.focus(), []);
  const save = () => {
    if (busy) return;
    if (!touched) return onClose();
    const written = ({ conflict }: Kept) => {
      scratch.forget();
      if (conflict) tell(t("visits.saved_conflict"));
      // Whoever left before the answer is not called back.
      if (box.current) onClose();
    };
    const refused = () => undefined;
    scratch.until(edit.mutateAsync({ id: view.id, version, patch }).then(written, refused));
  };
  const throwAway = () => {
    scratch.forget();
    onClose();
  };
  return (
    <Pane
      title={t("visits.change_title")}
      onClose={onClose}
      status={scratch.keptAt && t("saved.here", { time: scratch.keptAt })}
      action={
        <PrimaryButton shortcut="mod+Enter" onClick={save} loading={edit.isPending}>
          {t("visits.save")}
        </PrimaryButton>
      }
    >
      {edit.error && <RefusalNote refused={edit.error} />}
      {left.row && kept && touched && (
        <Restored>{t("visits.restored", { when: when(new Date(left.row.at).toISOString()) })}</Restored>
      )}
      <div ref={box}>
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
      <div>{touched && !busy && <TextButton onClick={throwAway}>{t("visits.throw_away")}</TextButton>}</div>
    </Pane>
  );
}
