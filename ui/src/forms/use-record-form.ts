import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordId } from "../generated/RecordId";
import type { Refused } from "../host/host";
import { anyUnread, withUnread, type UnreadDate, type UnreadDates } from "../i18n/unread-dates";
import { changesOf, type PatchOf, type Stored } from "./changes";
import { writeTyping, type Seen, type Typing } from "./kept";
import { taskName, type Task } from "./task";
import type { KeptTyping } from "./use-left";
import { useScratch } from "./use-scratch";

/** What a form goes on from: what was seen of the record, and what it said. */
export interface Begun<Values> {
  seen: Seen;
  before: Values;
}

/** What is wrong, in words, by the path of its field. */
export type Errors = Readonly<Record<string, string>>;

interface RecordFormOptions<Values extends object> {
  patient: RecordId;
  task: Task;
  /** The record as it is known when the form is opened; a form without left typing begins with this. */
  begun: Begun<Values>;
  /** The typing that was left in it. */
  kept: KeptTyping<Values> | null;
  /** The form is left after its typing was thrown away. */
  onClose: () => void;
  /** The values as they are stored, where that is not by their own paths. */
  stored?: (values: Values) => Map<string, Stored>;
  /** The typing as it is kept, where it is not kept by its fields. */
  write?: (typing: Typing<Values>) => string;
  /** What a refusal says at a field; null where it is told above the fields, nothing where it is told as usual. */
  at?: (refused: Refused, values: Values) => Errors | null | undefined;
  /** The field in which the keys begin; the first one unless it is said, and `null` where the form itself chooses. */
  first?: string | null;
}

/** What becomes of an act. */
interface Acted<Values, Answer> {
  /** What must not be sent, by field. */
  check?: () => Errors;
  /** It became a record: its typing is forgotten. Not called once the form was left. */
  done: (answer: Answer) => void;
  /** The form goes on upon this after the act; null ends it. */
  again?: (answer: Answer) => Begun<Values> | null;
  /** The fields stay open meanwhile. */
  open?: boolean;
  refused?: (refused: Refused) => void;
}

/** A form whose typing is kept until it is a record. */
export interface RecordForm<Values extends object> {
  /** Makes an element the one around the fields. */
  around: { ref: (element: HTMLElement | null) => void };
  seen: Seen;
  before: Values;
  values: Values;
  /** The dates that cannot be read yet. */
  unread: UnreadDates;
  /** What differs from what was seen, as a command wants it; what cannot be read yet stays as it was. */
  patch: PatchOf<Values>;
  touched: boolean;
  /** An act is on its way that fixes the fields. */
  busy: boolean;
  errors: Errors;
  /** Why the last act was refused, where no field tells it. */
  refused: Refused | null;
  /** When the typing was kept last, `10:32`; null before. */
  keptAt: string | null;
  /** When the restored text was typed, in milliseconds since 1970; null for a fresh form. */
  since: number | null;
  set: (changed: Partial<Values>) => void;
  onUnread: (path: string, now: UnreadDate | null) => void;
  /** All that a field of text is given. */
  text: (name: keyof Values & string) => TextProps;
  /** Tells what is wrong, and puts the keys there; false where something is. */
  tell: (errors: Errors) => boolean;
  focusOn: (path: string) => void;
  /** Does it once, however often it is pressed; `null` for an answer means that nothing was sent. */
  act: <Answer>(run: () => Promise<Answer | null>, acted: Acted<Values, Answer>) => void;
  /** Goes on upon what was seen or written since. */
  goOn: (begun: Begun<Values>) => void;
  forget: () => void;
  throwAway: () => void;
}

interface TextProps {
  name: string;
  value: string;
  onChange: (text: string) => void;
  error: string | undefined;
  readOnly: boolean;
}

const CONTROLS = "input, select, textarea";

/** Holds what was seen of a record and what is typed of it, keeps it while it is typed, and sends it once. */
export function useRecordForm<Values extends object>(options: RecordFormOptions<Values>): RecordForm<Values> {
  const { patient, task, kept, onClose, stored, write = writeTyping, first } = options;
  const { t } = useTranslation();
  // As it was when the form was opened: a change that came meanwhile must not pass for seen.
  const [start] = useState(
    () => kept?.typing ?? { ...options.begun, values: options.begun.before, unread: {} },
  );
  const [begun, setBegun] = useState<Begun<Values>>(start);
  const [values, setValues] = useState(start.values);
  const [unread, setUnread] = useState(start.unread);
  const [errors, setErrors] = useState<Errors>({});
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const acting = useRef<"open" | "fixed" | null>(null);
  const newest = useRef(values);
  const fields = useRef<HTMLElement | null>(null);
  const ref = useCallback((element: HTMLElement | null) => void (fields.current = element), []);

  const differs = (from: Begun<Values>, now: Values) =>
    Object.fromEntries(
      Object.entries(changesOf(from.before, now, stored)).filter(([path]) => !(path in unread)),
    ) as PatchOf<Values>;
  const patch = differs(begun, values);
  const touched = Object.keys(patch).length > 0 || anyUnread(unread);
  const since = useSince(kept?.at ?? null, touched);
  const text = write({ ...begun, values, unread });
  const scratch = useScratch(patient, taskName(task), text, touched, kept !== null, busy);

  useEffect(() => {
    if (first === null) return;
    const control =
      first === undefined ? fields.current?.querySelector(CONTROLS) : controlOf(fields.current, first);
    if (!(control instanceof HTMLElement) || control === document.activeElement) return;
    // What was left goes on at its end.
    if (isText(control)) control.setSelectionRange(control.value.length, control.value.length);
    control.focus();
  }, [first]);
  const focusOn = (path: string) => {
    const control = controlOf(fields.current, path);
    control?.focus();
    // The keys may be in it already while it was scrolled away.
    control?.scrollIntoView({ block: "nearest" });
  };
  const tell = (found: Errors) => {
    setErrors(found);
    const paths = Object.keys(found);
    // The first as they stand on the screen.
    const places = [...(fields.current?.querySelectorAll<HTMLElement>("[name], [data-field]") ?? [])];
    const place = places.find((each) => paths.includes(nameOf(each)));
    const path = place ? nameOf(place) : paths[0];
    if (path) focusOn(path);
    return path === undefined;
  };
  const at = (refusal: Refused, typed: Values) => {
    const own = options.at?.(refusal, typed);
    if (own !== undefined) return own;
    const { code } = refusal;
    const path = String(refusal.fields["field"] ?? "");
    const known = path in values || (path && controlOf(fields.current, path));
    if ((code !== "missing" && code !== "invalid") || !known) return null;
    return { [path]: t(code === "missing" ? "patients.required" : "patients.refused_value") };
  };
  const free = () => {
    acting.current = null;
    setBusy(false);
  };
  const set = (changed: Partial<Values>) => {
    if (acting.current === "fixed") return;
    newest.current = { ...newest.current, ...changed };
    setValues(newest.current);
    setRefused(null);
    // What is being mended is not called wrong any more.
    setErrors((all) =>
      Object.fromEntries(Object.entries(all).filter(([path]) => !((path.split("/")[0] ?? "") in changed))),
    );
  };
  return {
    around: { ref },
    seen: begun.seen,
    before: begun.before,
    values,
    unread,
    patch,
    touched,
    busy,
    errors,
    refused,
    keptAt: scratch.keptAt,
    since,
    set,
    onUnread: (path, now) => setUnread((all) => withUnread(all, path, now)),
    text: (name) => ({
      name,
      value: String(values[name] ?? ""),
      onChange: (typed) => set({ [name]: typed } as Partial<Values>),
      error: errors[name],
      readOnly: busy,
    }),
    tell,
    focusOn,
    act: <Answer>(run: () => Promise<Answer | null>, acted: Acted<Values, Answer>) => {
      const { check, done, again, open = false, refused: hear } = acted;
      if (acting.current) return;
      const dates = Object.entries(unread).map(([path, { trouble }]) => [path, t(`date.error.${trouble}`)]);
      if (!tell({ ...(Object.fromEntries(dates) as Errors), ...check?.() })) return;
      acting.current = open ? "open" : "fixed";
      setBusy(!open);
      setRefused(null);
      const written = (answer: Answer | null) => {
        if (answer === null) return free();
        const next = again?.(answer);
        if (next) {
          free();
          setBegun(next);
          // Nobody goes on here: what was kept on leaving is in the record, unless more was typed.
          if (!fields.current && Object.keys(differs(next, newest.current)).length === 0) scratch.forget();
        } else scratch.forget();
        // Whoever left before the answer is not called back.
        if (fields.current) done(answer);
      };
      const barred = (refusal: Refused) => {
        free();
        const found = at(refusal, newest.current);
        if (found) tell(found);
        else setRefused(refusal);
        hear?.(refusal);
      };
      scratch.until(run().then(written, barred));
    },
    goOn: setBegun,
    forget: scratch.forget,
    throwAway: () => {
      scratch.forget();
      onClose();
    },
  };
}

/** The control of the field at `path`, or of its first part. */
function controlOf(fields: HTMLElement | null, path: string): HTMLElement | null {
  const name = CSS.escape(path);
  const found = fields?.querySelector<HTMLElement>(`[name="${name}"]`);
  const part = found ?? fields?.querySelector<HTMLElement>(`[name^="${name}/"]`);
  const place = `[data-field="${name}"] :is(input:checked, select, textarea, input:not([type=radio]))`;
  // Of a choice that nobody has made yet, its first option.
  const option = `[data-field="${name}"] input`;
  return (
    part ?? fields?.querySelector<HTMLElement>(place) ?? fields?.querySelector<HTMLElement>(option) ?? null
  );
}

/** Whether it has a place in its text where the keys stand. */
function isText(control: HTMLElement): control is HTMLInputElement | HTMLTextAreaElement {
  return (
    control instanceof HTMLTextAreaElement ||
    (control instanceof HTMLInputElement && control.selectionStart !== null)
  );
}

function nameOf(place: HTMLElement): string {
  return place.dataset["field"] ?? place.getAttribute("name") ?? "";
}

/** `left` until all of it was taken back or became a record: what is typed then is of now. */
function useSince(left: number | null, touched: boolean): number | null {
  const [gone, setGone] = useState(false);
  if (!touched && !gone) setGone(true);
  return gone ? null : left;
}
