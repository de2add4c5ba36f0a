import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button, PrimaryButton } from "../../../components/Button";
import { Card } from "../../../components/Card";
import { useHotkey } from "../../../components/hotkey";
import { NumberBox, type NumberPart } from "../../../components/NumberBox";
import { RefusalNote } from "../../../components/RefusalNote";
import { Restored } from "../../../components/Restored";
import { TextButton } from "../../../components/TextButton";
import type { RecordId } from "../../../generated/RecordId";
import type { Sign } from "../../../generated/Sign";
import type { SignName } from "../../../generated/SignName";
import type { VitalsKept } from "../../../generated/VitalsKept";
import type { Refused } from "../../../host/host";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { useScratch } from "../../../host/use-scratch";
import { useZone } from "../../../host/session";
import { useClock } from "../../../i18n/use-clock";
import { useWhenIn } from "../../../i18n/use-when";
import { MEASURE_KEYS } from "../keys";
import { readAmount } from "./entry-value";
import { isOld, leftText, minutesSince, SUBJECT, type Left, type Origin } from "./left";
import { Taken, type Ago } from "./Taken";
import { useEntry } from "./use-entry";
import style from "./vitals.module.css";

/** That a taking was saved: when, and what is to be done now. */
export interface Saved {
  time: string;
  act: VitalsKept["act"];
}

interface EntryProps {
  patient: RecordId;
  signs: readonly Sign[];
  /** The typing that was left here. */
  left: Left | null;
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
  const visit = useQueryOf("banner", { patient }).data?.visit?.id ?? null;
  const typed = signs.filter(({ derived }) => !derived);
  const entry = useEntry(typed, left?.typing ?? {});
  const [origin, setOrigin] = useState<Origin>(() => left ?? { visit, since: Date.now() });
  const [said, setSaid] = useState<Ago>("");
  const [kept, setKept] = useState(last);
  const [lacks, setLacks] = useState<"values" | "time" | null>(null);
  const record = useCommand("record_vitals");
  const touched = Object.values(entry.typing).some((text) => text.trim() !== "");
  const restored = touched && origin === left;
  // What was left is not taken for measured now: whoever goes on with it says when it was.
  const ago = said || (restored && isOld(origin, visit, at) ? "" : "0");
  const began = when(new Date(origin.since).toISOString());
  const text = leftText(entry.typing, origin);
  const scratch = useScratch(patient, SUBJECT, text, touched, left !== null, record.isPending);
  const saving = useRef(false);
  const box = useRef<HTMLDivElement>(null);
  const focusOn = (name: SignName | "taken" | null | undefined) =>
    name && box.current?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();
  const first = typed[0]?.name;
  useHotkey(MEASURE_KEYS, () => focusOn(first));
  useEffect(() => {
    // Whoever came here to measure begins at once; whoever goes through the tabs by keys stays on them.
    const { activeElement } = document;
    const nowhere = !activeElement || /^(BODY|MAIN|H1)$/.test(activeElement.tagName);
    if (last || nowhere) box.current?.querySelector("input")?.focus();
  }, [last]);

  const save = () => {
    // Another Enter does not record the same taking twice.
    if (saving.current) return;
    setLacks(touched ? null : "values");
    if (!touched) return focusOn(first);
    const stays = entry.check();
    if (stays) return focusOn(stays);
    if (ago === "") {
      setLacks("time");
      return focusOn("taken");
    }
    const values = typed.flatMap((sign) => {
      const read = readAmount(entry.typing[sign.name] ?? "", sign);
      return read.kind === "amount" ? [{ sign: sign.name, value: read.value, unit: read.unit }] : [];
    });
    saving.current = true;
    const typedThen = ago === "typed";
    const minutes_ago = typedThen ? minutesSince(origin, at) : Number(ago) || null;
    const recorded = ({ act }: VitalsKept) => {
      scratch.forget();
      // Whoever left before the answer is not called back.
      if (box.current) onSaved({ time, act });
    };
    const refused = (refusal: Refused) => {
      saving.current = false;
      focusOn(entry.refuse(refusal));
    };
    const taking = {
      patient,
      visit: typedThen ? origin.visit : visit,
      values,
      confirmed: entry.confirmed(),
      minutes_ago,
    };
    scratch.until(record.mutateAsync(taking).then(recorded, refused));
  };
  const onward = (sign: Sign) => (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (!entry.leave(sign, true)) return;
      if (event.ctrlKey || event.metaKey) return save();
      const next = typed[typed.indexOf(sign) + 1]?.name;
      return next ? focusOn(next) : save();
    }
    // A blood pressure is typed as it is said.
    if (event.key === "/" && sign.name === "systolic") {
      event.preventDefault();
      if (entry.leave(sign, false)) focusOn("diastolic");
    }
    if (event.key === "Tab" && !event.shiftKey && !entry.leave(sign, false)) event.preventDefault();
  };
  const part = (sign: Sign): NumberPart => ({
    name: sign.name,
    label: t(`vitals.sign.${sign.name}`),
    value: entry.typing[sign.name] ?? "",
    onChange: (text) => {
      // What is being recorded stands.
      if (saving.current) return;
      setKept(null);
      setLacks(null);
      record.reset();
      if (!touched) setOrigin({ visit, since: Date.now() });
      entry.set(sign.name, text);
    },
    onKeyDown: onward(sign),
    readOnly: record.isPending,
    wrong: entry.marks[sign.name] !== undefined,
  });
  const boxes = inBoxes(typed);
  const refused = record.error && Object.keys(entry.marks).length === 0 ? record.error : null;
  const Save = beside ? Button : PrimaryButton;
  const throwAway = () => {
    if (saving.current) return;
    entry.clear();
    setSaid("");
    setLacks(null);
    focusOn(first);
  };
  const told = lacks
    ? t(`vitals.lacks.${lacks}`)
    : kept
      ? t("vitals.saved", { time: kept.time })
      : scratch.keptAt
        ? t("saved.here", { time: scratch.keptAt })
        : "";
  return (
    <Card title={t("vitals.take")} status={told}>
      <div ref={box}>
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
                  unit={sign.unit}
                  parts={together.map(part)}
                  trouble={together.map(({ name }) => entry.marks[name]?.words).find(Boolean) ?? null}
                />
              </div>
            );
          })}
        </div>
        {refused && (
          <div className={style["refused"]}>
            <RefusalNote refused={refused} />
          </div>
        )}
        {kept && kept.act.length > 0 && (
          <p className={style["asks"]} role="status">
            {kept.act.map((act) => (
              <b key={act}>{t(`vitals.act.${act}` as never, { defaultValue: act })}</b>
            ))}
            <TextButton onClick={() => focusOn(first)}>{t("vitals.do_now")}</TextButton>
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
          <Save onClick={save} loading={record.isPending} {...(beside ? {} : { shortcut: "mod+Enter" })}>
            {t("vitals.save")}
          </Save>
        </div>
      </div>
    </Card>
  );
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
