import { useEffect, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, PrimaryButton } from "../../components/Button";
import { SelectField, TextField } from "../../components/fields";
import { KeyHint } from "../../components/KeyHint";
import { comboAria, useHotkey } from "../../components/hotkey";
import { Pane } from "../../components/Pane";
import { RefusalNote } from "../../components/RefusalNote";
import { Restored } from "../../components/Restored";
import { Row } from "../../components/Row";
import { Segmented } from "../../components/Segmented";
import { Skeleton } from "../../components/Skeleton";
import { Small } from "../../components/Small";
import { tell } from "../../components/tell";
import { keptIn, useLeft, type Left } from "../../forms/use-left";
import { useRecordForm } from "../../forms/use-record-form";
import type { Mouth } from "../../generated/Mouth";
import type { RecordId } from "../../generated/RecordId";
import type { Tooth } from "../../generated/Tooth";
import { useMay, useSession, useZone } from "../../host/session";
import { useCommand } from "../../host/use-command";
import { useStaff } from "../../host/use-staff";
import { refusalLine } from "../../i18n/refusal";
import {
  CODES,
  DEPTHS,
  foundBy,
  noSuchTooth,
  plannedBy,
  readCall,
  readCalls,
  surfacesOf,
  writeCall,
  type Call,
  type Code,
  type Numbers,
} from "./called";
import { CalledList } from "./CalledList";
import { PLANNED_KEYS, SOUND_KEYS } from "./keys";
import { actOn } from "./numbers";
import { numbered } from "./say";
import { SurfacePad } from "./SurfacePad";
import { allSound, isFront, isMilk, toothWords, type Dentition } from "./teeth";
import style from "./dental.module.css";

/**
 * What is typed: the line in hand, the calls before it by FDI a line each, whether all others are sound, who calls, and
 * whether lines without a plus are planned too.
 */
const BLANK = { line: "", calls: "", all: "", called_by: "", planning: "" };

/** What is called and not kept yet: the calls by FDI a line each, and whether all others are sound. */
export interface Heard {
  lines: string;
  all: boolean;
}

/** What the chart is told of the entry: what its keys do there. */
export interface Hand {
  onKey: (tooth: Tooth, key: string) => boolean;
  onChoose: (tooth: Tooth) => void;
}

interface EntryProps {
  patient: RecordId;
  visit: RecordId | null;
  mouth: Mouth;
  dentition: Dentition;
  numbers: Numbers;
  at: Tooth;
  left: Left;
  /** Takes the keys of the chart, and tells which teeth were called. */
  onHand: (hand: Hand | null) => void;
  onCalled: (heard: Heard) => void;
  onAt: (tooth: Tooth) => void;
  onSaved: () => void;
  children: ReactNode;
}

/** The pane beside the chart, with the typing that was left in it: while another form is open it gives way, and comes back. */
export function Entry(props: Omit<EntryProps, "left">) {
  const left = useLeft(props.patient, { of: "findings" });
  return left ? <Calling {...props} left={left} /> : <Skeleton lines={6} />;
}

/** One line as it is called, then the next; all of it is kept at once. */
function Calling(props: EntryProps) {
  const { patient, visit, mouth, dentition, numbers, at, left, onHand, onCalled, onAt, onSaved, children } =
    props;
  const { t } = useTranslation();
  const zone = useZone();
  const session = useSession();
  const mayPlan = useMay("dental.plan");
  const staff = useStaff();
  const keep = useCommand("keep_findings");
  const form = useRecordForm({
    patient,
    task: { of: "findings" },
    begun: { seen: { version: null }, before: BLANK },
    kept: keptIn(left, BLANK),
    onClose: onSaved,
    first: null,
    at: ({ code, fields }) =>
      code === "missing" || code === "invalid"
        ? {
            line:
              fields["tooth"] === undefined
                ? refusalLine(t, { code, fields })
                : `${String(fields["tooth"])}: ${refusalLine(t, { code, fields })}`,
          }
        : undefined,
  });
  const { line, calls, all } = form.values;
  const { teeth } = mouth;
  const planning = mayPlan && form.values.planning !== "";
  const read = (text: string) => readCall(text, teeth, numbers, planning);
  const typed = read(line);
  const ahead = planning || (typed.call?.planned ?? false);
  const before = calls === "" ? [] : calls.split("\n");
  const heard = readCalls(calls, teeth);
  const inHand = typed.call && !typed.trouble ? [...heard, typed.call] : heard;
  const trouble = (): string | null => {
    if (line.trim() === "") return null;
    if (typed.call?.planned && !mayPlan) return t("dental.entry.trouble.may_not");
    if (typed.trouble === "tooth") return t(noSuchTooth(numbers));
    if (typed.trouble) return t(`dental.entry.trouble.${typed.trouble}`);
    return typed.call && again(typed.call);
  };
  /** That a call is among those before it already; null where it is new. */
  const again = (call: Call) =>
    before.includes(writeCall(call, teeth, "fdi"))
      ? t("dental.entry.trouble.again", { call: writeCall(call, teeth, numbers) })
      : null;
  const add = (call: Call, first = before) => {
    form.set({ calls: [...first, writeCall(call, teeth, "fdi")].join("\n"), line: "" });
  };
  /** A tooth in the line of which nothing is said yet: another may take its place. */
  const bare = typed.call?.code === null && typed.call.surfaces === "";
  /**
   * The calls, once the line gives way to `tooth`: a whole call of another tooth is one of them then; a line that is begun
   * and not whole stays, says what it lacks, and null is answered.
   */
  const callsBefore = (tooth: Tooth): string[] | null => {
    const { call } = typed;
    if (line.trim() === "" || call?.tooth === tooth || bare) return before;
    const wrong = trouble();
    if (call && !wrong) return [...before, writeCall(call, teeth, "fdi")];
    form.tell({ line: wrong ?? "" });
    return null;
  };
  const onLine = (text: string) => {
    form.set({ line: text });
    const { call } = read(text);
    if (call && call.tooth !== at) onAt(call.tooth);
  };
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const wrong = trouble();
    if (wrong) form.tell({ line: wrong });
    else if (typed.call) add(typed.call);
  };
  /** The call in hand of `tooth`, begun anew where another was in hand. */
  const callOf = (tooth: Tooth): Call =>
    typed.call?.tooth === tooth
      ? typed.call
      : { planned: bare ? ahead : planning, tooth, surfaces: "", code: null, more: "" };
  const show = (call: Call, first = before) =>
    form.set({
      calls: first.join("\n"),
      line: `${writeCall(call, teeth, numbers)}${call.code ? "" : " "}`,
    });
  const put = (call: Call, code: Code) => {
    const first = callsBefore(call.tooth);
    if (!first) return;
    // The same code once more keeps its depth, or its why.
    const called = { ...call, code, more: call.code === code ? call.more : "" };
    const { trouble: lacks } = readCall(writeCall(called, teeth, "fdi"), teeth, "fdi");
    const wrong = again(called);
    if (!lacks && !wrong) return add(called, first);
    show(called, first);
    if (wrong) form.tell({ line: wrong });
    else form.focusOn("line");
  };
  const toggle = (call: Call, surface: string) => {
    const first = callsBefore(call.tooth);
    if (!first) return;
    const has = call.surfaces.includes(surface);
    const more = surfacesOf(`${call.surfaces}${surface}`) ?? call.surfaces;
    show({ ...call, surfaces: has ? call.surfaces.replace(surface, "") : more }, first);
  };
  const onKey = (tooth: Tooth, key: string): boolean => {
    const letter = key.toUpperCase();
    if (form.busy) return false;
    const call = callOf(tooth);
    if (letter === "P") {
      choosePlanning(!ahead);
      return true;
    }
    const isCode = (CODES as readonly string[]).includes(letter) && !(letter === "I" && isFront(tooth));
    if (isCode) {
      put(call, letter as Code);
      return true;
    }
    const surface = surfacesOf(letter);
    if (!surface) return false;
    toggle(call, surface);
    return true;
  };
  const choosePlanning = (on: boolean) => {
    form.set({ planning: on && mayPlan ? "planned" : "" });
    if (typed.call) show({ ...typed.call, planned: on && mayPlan });
  };
  const hand: Hand = {
    onKey,
    // A tooth that is pressed is the one in hand, unless its line is begun already.
    onChoose: (tooth) => {
      if (!form.busy && line.trim() === "") return;
      if (bare && typed.call?.tooth !== tooth) show(callOf(tooth));
    },
  };
  useEffect(() => {
    onHand(hand);
    return () => onHand(null);
  });
  const lines = inHand.map((call) => writeCall(call, teeth, "fdi")).join("\n");
  const isAll = all !== "";
  useEffect(() => {
    onCalled({ lines, all: isAll });
  }, [lines, isAll, onCalled]);
  useHotkey(SOUND_KEYS, () => form.set({ all: all ? "" : "all" }), !form.busy);
  useHotkey(PLANNED_KEYS, () => choosePlanning(!ahead), mayPlan && !form.busy);

  const said = (list: (code: Code) => boolean) =>
    inHand
      .filter(({ planned: ahead, code }) => !ahead && code !== null && list(code))
      .map(({ tooth }) => tooth);
  const others = new Set(inHand.filter((call) => !call.planned).map(({ tooth }) => tooth));
  const rest = all ? allSound(teeth, dentition, mouth.age, others) : { sound: [], unerupted: [], shed: [] };
  const byAge = teeth.some(
    ({ tooth, stands }) =>
      stands === "unknown" && (rest.unerupted.includes(tooth) || rest.shed.includes(tooth)),
  );
  const save = () => {
    const found = inHand.flatMap(foundBy);
    const lists = {
      sound: [...rest.sound, ...said((code) => code === "0")],
      unerupted: [...rest.unerupted, ...said((code) => code === "8")],
      shed: [...rest.shed, ...said((code) => code === "S")],
      not_seen: said((code) => code === "9"),
    };
    const planned = inHand.flatMap((call) => {
      const what = plannedBy(call);
      if (!what) return [];
      const { surfaces, ...details } = what;
      const treated = { tooth: call.tooth, ...(surfaces ? { surfaces } : {}) };
      return [{ ...details, teeth: { [call.tooth]: treated } }];
    });
    const looked = found.length > 0 || Object.values(lists).some((list) => list.length > 0);
    const count = new Set([...found.map(({ tooth }) => tooth), ...Object.values(lists).flat()]).size;
    const check = () => {
      const wrong = trouble();
      if (wrong) return { line: wrong };
      if (!looked && planned.length === 0) return { line: t("dental.entry.nothing") };
      const once = Object.values(lists).flat();
      const twice = new Set(once).size < once.length || found.some(({ tooth }) => once.includes(tooth));
      return twice ? { line: t("dental.entry.trouble.twice") } : {};
    };
    const called_by = form.values.called_by || null;
    const send = () =>
      actOn(
        numbered(teeth, numbers),
        keep.mutateAsync({ patient, visit, called_by, ...lists, found, planned }),
      );
    form.act(send, {
      check,
      done: ({ conflict }) => {
        tell(t(conflict ? "dental.entry.kept_conflict" : "dental.entry.kept", { count }));
        onSaved();
      },
    });
  };
  const shown = teeth.find(({ tooth }) => tooth === at);
  const code = typed.call?.code ?? null;
  const asksDepth = code === "1" || code === "2";
  const more = (letter: string) => typed.call && show({ ...typed.call, more: letter });
  const charts = (staff.rows ?? []).filter(({ role }) => role === "dentist" || role === "nurse");
  return (
    <Pane
      title={t("dental.name", {
        number: shown ? (numbers === "fdi" ? shown.tooth : shown.universal) : at,
        words: toothWords(t, at),
      })}
      {...(form.keptAt ? { status: t("saved.here", { time: form.keptAt }) } : {})}
      action={
        <PrimaryButton shortcut="mod+Enter" onClick={save} loading={form.busy}>
          {t("dental.entry.keep")}
        </PrimaryButton>
      }
    >
      {form.refused && <RefusalNote refused={form.refused} />}
      {form.since !== null && <Restored since={form.since} zone={zone} />}
      <div {...form.around} style={{ display: "contents" }}>
        <TextField
          {...form.text("line")}
          onChange={onLine}
          onKeyDown={onEnter}
          label={t("dental.entry.line")}
          hint={t("dental.entry.hint")}
          autoComplete="off"
        />
        {mayPlan && (
          <Segmented
            label={t("dental.entry.mode")}
            value={ahead ? "planned" : "found"}
            options={[
              { value: "found", label: t("dental.entry.found") },
              { value: "planned", label: t("dental.entry.planned") },
            ]}
            onChange={(mode) => choosePlanning(mode === "planned")}
          />
        )}
        <SurfacePad
          tooth={at}
          surfaces={callOf(at).surfaces}
          disabled={form.busy}
          onToggle={(surface) => toggle(callOf(at), surface)}
        />
        {asksDepth && (
          <SelectField
            label={t("dental.entry.depth")}
            value={typed.call?.more ?? ""}
            options={[
              { value: "", label: t("dental.entry.not_said") },
              ...Object.keys(DEPTHS).map((value) => ({
                value,
                label: t(`dental.entry.depth_word.${value as "E"}`),
              })),
            ]}
            onChange={more}
          />
        )}
        {code === "7" && (
          <Segmented
            label={t("dental.entry.why")}
            value={(typed.call?.more ?? "") as "C" | "O" | ""}
            options={(["C", "O"] as const).map((value) => ({
              value,
              label: t(`dental.entry.why_word.${value}`),
            }))}
            onChange={more}
            required
          />
        )}
        <div className={style["codes"]} role="group" aria-label={t("dental.entry.codes")}>
          {CODES.filter((each) => each !== "S" || isMilk(at)).map((each) => (
            <button
              key={each}
              type="button"
              className={style["code"]}
              aria-pressed={code === each}
              disabled={form.busy}
              onClick={() => put(callOf(at), each)}
            >
              <kbd>{each}</kbd>
              {t(`dental.entry.code.c${each}`)}
            </button>
          ))}
        </div>
        <button
          type="button"
          className={style["code"]}
          aria-pressed={all !== ""}
          aria-keyshortcuts={comboAria(SOUND_KEYS)}
          disabled={form.busy}
          onClick={() => form.set({ all: all ? "" : "all" })}
        >
          <KeyHint combo={SOUND_KEYS} />
          {t(all ? "dental.entry.all_on" : "dental.entry.all")}
        </button>
        {byAge && <Small>{t("dental.entry.all_ages")}</Small>}
        {before.length > 0 && (
          <CalledList
            calls={before}
            teeth={teeth}
            numbers={numbers}
            disabled={form.busy}
            onLeft={(left) => form.set({ calls: left.join("\n") })}
          />
        )}
        {session?.role === "nurse" && (
          <SelectField
            {...form.text("called_by")}
            label={t("dental.entry.called_by")}
            options={[
              { value: "", label: t("dental.entry.called_self") },
              ...charts
                .filter(({ id }) => id !== session.user)
                .map(({ id, title, name }) => ({
                  value: id,
                  label: [title, name].filter(Boolean).join(" "),
                })),
            ]}
          />
        )}
      </div>
      {form.touched && !form.busy && (
        <Row>
          <Button onClick={() => form.throwAway()}>{t("saved.throw_away")}</Button>
        </Row>
      )}
      {children}
    </Pane>
  );
}
