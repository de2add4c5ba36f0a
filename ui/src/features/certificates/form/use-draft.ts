import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { changesOf } from "../../../forms/changes";
import type { KeptTyping } from "../../../forms/use-left";
import { useRecordForm, type Begun } from "../../../forms/use-record-form";
import type { Refused } from "../../../host/host";
import { useZone } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { clockText } from "../../../i18n/dates";
import type { View } from "../types";
import { impossible, refusedAt, type Form } from "./use-form";
import { readable, sent, storedValues, valuesOf, type Values } from "./values";

/** What was typed becomes an edit when its field is left, or when nothing was typed for so long. */
const REST_MS = 4000;

/** A draft while it is changed. */
export interface Draft {
  form: Form;
  /** When the last of it was kept, as typing or as an edit; null while nothing is. */
  savedAt: string | null;
  /** Somebody changed the same meanwhile. */
  conflict: boolean;
  /** Why the last edit was not kept. */
  refused: Refused | null;
  retry: () => void;
  /** A field was left. */
  leave: () => void;
  /** Keeps what is not kept yet; the version that holds all of it. */
  flush: () => Promise<number>;
  /** What the record holds as far as this form wrote or saw it. */
  held: () => Begun<Values>;
}

/** Changes a draft by edits upon the version that was seen; between them the typing is kept as it is typed. */
export function useDraft(view: View, kept: KeptTyping<Values> | null): Draft {
  const { t } = useTranslation();
  const zone = useZone();
  const form = useRecordForm({
    patient: view.patient,
    task: { of: "certificate", act: "edit", certificate: view.id },
    begun: { seen: { version: view.version }, before: valuesOf(view.details) },
    kept,
    onClose: () => undefined,
    stored: storedValues,
    at: (refused) => refusedAt(t, refused),
    first: null,
  });
  // What the record holds as far as this form wrote or saw it.
  const [start] = useState(() => ({ version: form.seen.version ?? view.version, values: form.before }));
  const newest = useRef(start);
  const edit = useCommand("edit_certificate");
  const [conflict, setConflict] = useState(false);
  const [editedAt, setEditedAt] = useState<string | null>(null);
  const dirty = Object.keys(form.patch).length > 0;

  const writing = useRef<Promise<number> | null>(null);
  const write = async (): Promise<number> => {
    const wrong = impossible(t, form.values);
    const values = readable(form.values, newest.current.values, form.unread, wrong);
    const patch = changesOf(newest.current.values, values, storedValues);
    if (Object.keys(patch).length === 0) return newest.current.version;
    const done = await edit.mutateAsync({ id: view.id, version: newest.current.version, patch: sent(patch) });
    newest.current = { version: done.version, values };
    form.goOn({ seen: { version: done.version }, before: values });
    setEditedAt(clockText(new Date().toISOString(), zone));
    if (done.conflict) setConflict(true);
    return done.version;
  };
  // One edit after the other: each rests on the version that the one before it made.
  const flush = (): Promise<number> => {
    const next = (writing.current ?? Promise.resolve(0)).catch(() => 0).then(write);
    writing.current = next;
    return next;
  };
  const quietly = () => void flush().catch(() => undefined);
  const rest = useEffectEvent(() => {
    if (dirty) quietly();
  });
  useEffect(() => {
    const pause = setTimeout(() => rest(), REST_MS);
    return () => clearTimeout(pause);
  }, [form.values]);
  return {
    form,
    savedAt: dirty ? form.keptAt : (editedAt ?? form.keptAt),
    conflict,
    refused: edit.error,
    retry: quietly,
    leave: () => {
      if (dirty) quietly();
    },
    flush,
    held: () => ({ seen: { version: newest.current.version }, before: newest.current.values }),
  };
}
