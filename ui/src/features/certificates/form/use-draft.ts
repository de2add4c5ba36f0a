import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Refused } from "../../../host/host";
import { useZone } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { useScratch } from "../../../host/use-scratch";
import { clockText } from "../../../i18n/dates";
import { anyUnread } from "../../../i18n/unread-dates";
import type { View } from "../types";
import type { Kept } from "./kept";
import { useForm, type Form } from "./use-form";
import { changesOf, readable, valuesOf } from "./values";

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
}

/** Changes a draft by edits upon the version that was seen; between them the typing is kept as it is typed. */
export function useDraft(view: View, kept: Kept | null, subject: string): Draft {
  const zone = useZone();
  const [start] = useState(() => ({
    version: kept?.version ?? view.version,
    values: kept?.before ?? valuesOf(view.details),
  }));
  const form = useForm(kept?.values ?? start.values, kept?.unread);
  // What the record holds as far as this form wrote or saw it.
  const [held, setHeld] = useState(start);
  const newest = useRef(start);
  const edit = useCommand("edit_certificate");
  const [conflict, setConflict] = useState(false);
  const [editedAt, setEditedAt] = useState<string | null>(null);
  const { unread } = form;
  const dirty = Object.keys(changesOf(held.values, readable(form.values, held.values, unread))).length > 0;
  const text = JSON.stringify({
    version: held.version,
    visit: null,
    before: held.values,
    values: form.values,
    unread,
  } satisfies Kept);
  const scratch = useScratch(view.patient, subject, text, dirty || anyUnread(unread), kept !== null);

  const writing = useRef<Promise<number> | null>(null);
  const write = async (): Promise<number> => {
    const values = readable(form.values, newest.current.values, unread);
    const patch = changesOf(newest.current.values, values);
    if (Object.keys(patch).length === 0) return newest.current.version;
    const done = await edit.mutateAsync({ id: view.id, version: newest.current.version, patch });
    newest.current = { version: done.version, values };
    setHeld(newest.current);
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
    savedAt: dirty ? scratch.keptAt : (editedAt ?? scratch.keptAt),
    conflict,
    refused: edit.error,
    retry: quietly,
    leave: () => {
      if (dirty) quietly();
    },
    flush,
  };
}
