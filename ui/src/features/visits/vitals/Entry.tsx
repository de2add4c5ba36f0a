import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button, PrimaryButton } from "../../../components/Button";
import { Card } from "../../../components/Card";
import { isTyping, useHotkey } from "../../../components/hotkey";
import { NumberBox, type NumberPart } from "../../../components/NumberBox";
import { RefusalNote } from "../../../components/RefusalNote";
import { Restored } from "../../../components/Restored";
import { TextButton } from "../../../components/TextButton";
import type { Left } from "../../../forms/use-left";
import { useRecordForm, type Errors } from "../../../forms/use-record-form";
import type { RecordId } from "../../../generated/RecordId";
import type { Sign } from "../../../generated/Sign";
import type { SignName } from "../../../generated/SignName";
import type { VitalsKept } from "../../../generated/VitalsKept";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { useZone } from "../../../host/session";
import { useClock } from "../../../i18n/use-clock";
import { useWhenIn } from "../../../i18n/use-when";
import { useActWords } from "../../../records/use-act-words";
import { MEASURE_KEYS } from "../keys";
import { MakeUrgent } from "../MakeUrgent";
import { criticalText } from "./critical";
import { readAmount } from "./entry-value";
import { isOld, keptTaking, minutesSince } from "./left";
import { Taken, type Ago } from "./Taken";
import { useEntry, type EntryTyping } from "./use-entry";
import style from "./vitals.module.css";

/** That a taking was saved: when, and what is to be done now. */
export interface Saved {
  time: string;
  act: VitalsKept["act"];
  /** The signs that are critical, with their values. */
  critical: string;
}

interface EntryProps {
  patient: RecordId;
  signs: readonly Sign[];
  /** The typing that was left here. */
  left: Left;
  /** A form stands in the task pane, which has the one main act. */
  beside: boolean;
  /** What was saved just before, in the row that this one follows. */
  last: Saved | null;
  onSaved: (saved: Saved) => void;
}

/** The row in which vital signs are typed: Enter goes from one to the next and saves after the last. */
export function Entry({ patient, signs, left, beside, last, onSaved }: EntryProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const { at, time } = useClock(zone);
  const when = useWhenIn(zone);
  const actWord = useActWords();
  const visit = useQueryOf("banner", { patient }).data?.visit?.id ?? null;
  const typed = signs.filter(({ asked }) => asked);
  const entry = useEntry(typed);
  const blank = { seen: { version: null, visit, since: at }, before: {} };
  const form = useRecordForm<EntryTyping>({
    patient,
    task: { of: "vitals" },
    begun: blank,
    kept: keptTaking(left),
    onClose: () => undefined,
    first: null,
    at: (refused, values) => {
      const name = entry.refuse(values, refused);
      return name && { [name]: "" };
    },
  });
  const { values, touched, busy, focusOn } = form;
  const origin = { visit: form.seen.visit ?? null, since: form.seen.since ?? at };
  const [said, setSaid] = useState<Ago>("");
  const [kept, setKept] = useState(last);
  const [lacks, setLacks] = useState<"values" | "time" | null>(null);
  const { mutateAsync } = useCommand("record_vitals");
  const restored = form.since !== null;
  // What was left is not taken for measured now: whoever goes on with it says when it was.
  const ago = said || (restored && isOld(origin, visit, at) ? "" : "0");
  const began = when(new Date(origin.since).toISOString());
  const first = typed[0]?.name;
  const focusFirst = () => first && focusOn(first);
  useHotkey(MEASURE_KEYS, focusFirst);
  const begin = useEffectEvent(focusFirst);
  useEffect(() => {
    // Whoever came here to measure begins at once; whoever goes through the tabs by keys stays on them.
    const { activeElement } = document;
    const nowhere = !activeElement || /^(BODY|MAIN|H1)$/.test(activeElement.tagName);
    if (last || nowhere) begin();
  }, [last]);
  const stood = useRef(beside);
  useEffect(() => {
    // Whoever has said beside it why somebody came goes on with what is measured; what was opened from a measurement
    // leads back to it.
    const { activeElement: now } = document;
    if (stood.current && !beside && !isTyping(now) && !now?.closest("[role=tabpanel]")) begin();
    stood.current = beside;
  }, [beside]);

  const check = (): Errors => {
    const stays = entry.check(values);
    if (stays) return { [stays]: "" };
    if (ago !== "") return {};
    setLacks("time");
    return { taken: "" };
  };
  const save = () => {
    setLacks(touched ? null : "values");
    if (!touched) return focusFirst();
    const amounts = typed.flatMap((sign) => {
      const read = readAmount(values[sign.name] ?? "", sign);
      return read.kind === "amount" ? [{ sign: sign.name, value: read.value, unit: read.unit }] : [];
    });
    const typedThen = ago === "typed";
    const taking = {
      patient,
      visit: typedThen ? origin.visit : visit,
      values: amounts,
      confirmed: entry.confirmed(values),
      minutes_ago: typedThen ? minutesSince(origin, at) : Number(ago) || null,
    };
    const told = (levels: VitalsKept["levels"]) => criticalText(t, typed, amounts, levels);
    form.act(() => mutateAsync(taking), {
      check,
      done: ({ act, levels }) => onSaved({ time, act, critical: told(levels) }),
    });
  };
  const goTo = (name: SignName) => {
    focusOn(name);
    // What stood there is typed over, as after Tab.
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.select();
  };
  const onward = (sign: Sign) => (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      // What is asked about is typed over, not added to.
      if (!entry.leave(values, sign, true)) return event.currentTarget.select();
      if (event.ctrlKey || event.metaKey) return save();
      const next = typed[typed.indexOf(sign) + 1]?.name;
      return next ? goTo(next) : save();
    }
    // A blood pressure is typed as it is said.
    if (event.key === "/" && sign.name === "systolic") {
      event.preventDefault();
      if (entry.leave(values, sign, false)) goTo("diastolic");
    }
    if (event.key === "Tab" && !event.shiftKey && !entry.leave(values, sign, false)) event.preventDefault();
  };
  const part = (sign: Sign): NumberPart => ({
    name: sign.name,
    label: t(`vitals.sign.${sign.name}`),
    value: values[sign.name] ?? "",
    onChange: (text) => {
      // What is being recorded stands.
      if (busy) return;
      setKept(null);
      setLacks(null);
      if (!touched) form.goOn({ ...blank, seen: { ...blank.seen, since: Date.now() } });
      const said = isPressure(sign) ? (pressureOf(text) ?? { [sign.name]: text }) : { [sign.name]: text };
      const names = Object.keys(said) as SignName[];
      for (const name of names) entry.mend({ ...values, ...said }, name);
      form.set(said);
      if (names.length > 1) focusOn("diastolic");
    },
    onKeyDown: onward(sign),
    readOnly: busy,
    wrong: entry.marks[sign.name] !== undefined,
  });
  const boxes = inBoxes(typed);
  const hasUnit = (sign: Sign) => {
    const read = readAmount(values[sign.name] ?? "", sign);
    return read.kind === "amount" && read.unit !== null;
  };
  const Save = beside ? Button : PrimaryButton;
  const throwAway = () => {
    if (busy) return;
    entry.clear();
    form.set(Object.fromEntries(typed.map(({ name }) => [name, ""])));
    setSaid("");
    setLacks(null);
    focusFirst();
  };
  const told = lacks
    ? t(`vitals.lacks.${lacks}`)
    : kept
      ? t("vitals.saved", { time: kept.time })
      : form.keptAt
        ? t("saved.here", { time: form.keptAt })
        : "";
  return (
    <Card title={t("vitals.take")} status={told}>
      <div {...form.around}>
        {restored && (
          <div className={style["restored"]}>
            <Restored since={origin.since} zone={zone}>
              <TextButton onClick={throwAway}>{t("saved.throw_away")}</TextButton>
            </Restored>
          </div>
        )}
        <div className={style["entry"]}>
          {boxes.map((together) => {
            const [sign] = together;
            if (!sign) return null;
            return (
              <div key={sign.name} data-wide={together.length > 1}>
                <NumberBox
                  label={t(together.length > 1 ? "vitals.pressure" : `vitals.sign.${sign.name}`)}
                  unit={together.some(hasUnit) ? "" : sign.unit}
                  parts={together.map(part)}
                  trouble={together.map(({ name }) => entry.marks[name]?.words).find(Boolean) ?? null}
                />
              </div>
            );
          })}
        </div>
        {form.refused && (
          <div className={style["refused"]}>
            <RefusalNote refused={form.refused} />
          </div>
        )}
        {kept && kept.act.length > 0 && (
          <p className={style["asks"]} role="status">
            {kept.act.map((act) => (
              <b key={act}>{actWord(act)}</b>
            ))}
            {kept.critical && <MakeUrgent patient={patient} why={kept.critical} />}
          </p>
        )}
        <div className={style["foot"]}>
          <span className={style["how"]}>{t("vitals.how")}</span>
          {touched && !restored && <TextButton onClick={throwAway}>{t("vitals.throw_away")}</TextButton>}
          <Taken
            value={ago}
            typed={restored && minutesSince(origin, at) !== null ? began : null}
            onChange={(chosen) => {
              setSaid(chosen);
              setLacks(null);
            }}
            missing={lacks === "time"}
          />
          <Save onClick={save} loading={busy} {...(beside ? {} : { shortcut: "mod+Enter" })}>
            {t("vitals.save")}
          </Save>
        </div>
      </div>
    </Card>
  );
}

function isPressure({ name }: Sign): boolean {
  return name === "systolic" || name === "diastolic";
}

/** Both numbers of a blood pressure that came as one text, as it is pasted; null for anything else. */
function pressureOf(text: string): EntryTyping | null {
  const [, systolic, diastolic] = /^\s*(\d+)\s*\/\s*(\d\S*(?:\s*\S+)?)\s*$/.exec(text) ?? [];
  return systolic && diastolic ? { systolic, diastolic } : null;
}

/** The signs by box: the two of a blood pressure are typed into one. */
function inBoxes(signs: readonly Sign[]): Sign[][] {
  const boxes: Sign[][] = [];
  for (const sign of signs) {
    const last = boxes.at(-1);
    if (sign.name === "diastolic" && last?.[0]?.name === "systolic") last.push(sign);
    else boxes.push([sign]);
  }
  return boxes;
}
