import { useCallback, useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { TextArea } from "../../components/fields";
import { Asking } from "../../components/forms/Asking";
import { isInSight, showInHand } from "../../components/forms/in-sight";
import { onward } from "../../components/forms/onward";
import { comboAria, matches, useHotkey } from "../../components/hotkey";
import { KeyHint } from "../../components/KeyHint";
import { Row } from "../../components/Row";
import { Small } from "../../components/Small";
import { tell } from "../../components/tell";
import { TextButton } from "../../components/TextButton";
import { KeptPane } from "../../forms/KeptPane";
import { keptIn, type Left } from "../../forms/use-left";
import { useRecordForm } from "../../forms/use-record-form";
import type { Answer } from "../../generated/Answer";
import type { FilledView } from "../../generated/FilledView";
import type { FormView } from "../../generated/FormView";
import type { RecordId } from "../../generated/RecordId";
import { useZone } from "../../host/session";
import { useCommand, useQueryOf } from "../../host/use-command";
import { useClock } from "../../i18n/use-clock";
import type { TaskProps } from "../../records/parts";
import { Asked } from "./Asked";
import { Block } from "./Block";
import { answersWith } from "./changed";
import { amendedAnswers, stands } from "../../records/answers";
import { Follows } from "./Follows";
import { FormPaper } from "./FormPaper";
import { KeptReadings } from "./KeptReadings";
import { ANOTHER_KEYS, LAST_KEYS, NORMAL_KEYS, TAKE_KEYS } from "./keys";
import { LINES } from "./lines";
import { PlaceBox } from "./PlaceBox";
import { canTake, keyOf, lacking, mendsAlone, placeOf, remarksHere, type Here } from "./remarks";
import { measuredParts, answersSaid, useSaid } from "./say";
import { isShown } from "./shown";
import { sidesOf } from "./sides";
import { useStanding } from "./mouth";
import { absent, absentWhy, WHY } from "./typed";
import {
  allNormal,
  isShared,
  itemsOf,
  meantOf,
  nameOf,
  otherName,
  partsOf,
  READING,
  readingId,
  readPath,
  readValues,
  takenOf,
  valuesOf,
  writeAnswer,
  type Answers,
  type Place,
  type Values,
} from "./values";

/** What an addition says beside its answers; no item of a form is called so. */
const REASON = "reason";
const WORDS = "words";

interface EntryProps {
  patient: RecordId;
  task: Extract<TaskProps<"form">["task"], { act?: undefined } | { act: "amend" }>;
  view: FormView;
  /** The signed form that is added to. */
  amends?: FilledView;
  left: Left;
  onClose: () => void;
}

/** The record that is filled in, as it stands. */
interface Base {
  id: RecordId | null;
  version: number | null;
  answers: Answers;
}

/** A form as it is filled in: what was measured now, checked at each key. */
export function Entry({ patient, task, view, amends, left, onClose }: EntryProps) {
  const { spec, last } = view;
  const { t } = useTranslation();
  const said = useSaid();
  const id = useId();
  const { time } = useClock(useZone());
  const around = useRef<HTMLDivElement | null>(null);
  const [base, setBase] = useState<Base>(() => {
    if (amends) return { id: amends.id, version: null, answers: amendedAnswers(amends) };
    const { open } = view;
    return { id: open?.id ?? null, version: open?.version ?? null, answers: stands(open?.answers) };
  });
  // What was left in it may hold what is asked about.
  const [settled, setSettled] = useState<ReadonlySet<string>>(
    () => new Set(left.row ? Object.keys(names(view)) : []),
  );
  const [inHand, setInHand] = useState<string | null>(null);
  /** The place at which Enter went no further, so that what is offered there was seen. */
  const [stoppedAt, setStoppedAt] = useState<string | null>(null);
  const [nothingLast, setNothingLast] = useState(false);
  const [start] = useState(() =>
    amends
      ? { [REASON]: "", [WORDS]: "", ...valuesOf(spec, base.answers, firstReading(base.answers)) }
      : begin(view, base.answers, time),
  );
  const standing = useStanding(patient, spec);
  const save = useCommand("save_form");
  const sign = useCommand("sign_form");
  const look = useCommand("check_form");
  const amend = useCommand("amend_form");
  const form = useRecordForm<Record<string, string>>({
    patient,
    task,
    begun: { seen: { version: base.version }, before: start },
    kept: keptIn(left, start),
    onClose,
    at: ({ code, fields }) => {
      if (amends && fields["field"] === REASON) return { [REASON]: t("reason.required") };
      const [path = "", part] = String(fields["field"] ?? "").split("/");
      const place = placeOf(spec, path, part);
      if (!place || !(nameOf(place) in names(view))) return undefined;
      return { [nameOf(place)]: t(code === "missing" ? "patients.required" : "patients.refused_value") };
    },
  });
  const { values, errors, busy } = form;
  const { ref: outer } = form.around;
  const ref = useCallback(
    (element: HTMLDivElement | null) => {
      around.current = element;
      outer(element);
    },
    [outer],
  );
  const reading = values[READING] ?? "";
  const read = readValues(spec, values);
  const answers = answersWith(spec, base.answers, form.before, values);
  const named = `${spec.code}@${spec.version}`;
  const asked = { form: named, patient, filled: base.id, answers };
  const checked = useQueryOf("check_form", asked, { keepLast: true, fresh: true });
  const newest = checked.data && !checked.isPlaceholderData ? checked.data : null;
  const here = remarksHere(spec, checked.data?.remarks ?? [], values);
  // What is offered is shown at once; what is asked waits until the place is left, for it may not be whole yet.
  const shown = here.filter(
    ({ name, remark }) =>
      remark.offer || (remark.weight !== "to_sign" && settled.has(name)) || errors[name] !== undefined,
  );
  const settle = (...left: string[]) => setSettled((all) => new Set([...all, ...left]));

  const set = (changed: Values) => {
    // What is typed over is neither meant any more nor of last time.
    const cleared = Object.keys(changed).flatMap((name) => {
      const [path = ""] = name.split(".");
      const other = [meantOf(path), meantOf(name), takenOf(name)];
      return other.filter((each) => values[each] && !(each in changed)).map((each) => [each, ""] as const);
    });
    setNothingLast(false);
    setStoppedAt(null);
    form.set({ ...Object.fromEntries(cleared), ...changed });
  };
  const inPlace = (name: string) =>
    around.current?.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`) ?? null;
  const take = ({ place, name, remark, meant }: Here) => {
    const { item, side } = place;
    if (remark.offer) set(writeAnswer(item, side, remark.offer));
    else if (remark.weight === "asked") set({ [name]: values[name] ?? "", [meant]: "yes" });
    const control = inPlace(name);
    if (control) onward(around.current, control);
  };
  const idOf = (each: Here) => `${id}-${keyOf(each)}`;
  /** No key takes what nobody sees: out of sight it is shown first. */
  const takeByKey = (each: Here) => {
    const asking = document.getElementById(idOf(each));
    if (!asking || isInSight(asking)) return take(each);
    asking.scrollIntoView({ block: "nearest" });
  };
  const lastOf = ({ item, side, part }: Place): { text: string; day: string } | null => {
    const known = last[side ? `${item.key}:${side}` : item.key];
    const place = { item, side, part };
    const text = known ? writeAnswer(item, side, known.answer)[nameOf(place)] : undefined;
    return known && text ? { text, day: known.day } : null;
  };
  const asOther = (place: Place): boolean => {
    const { item, part, side } = place;
    if (side !== "R" && side !== "L") return false;
    const row =
      part && !isShared(item, part) ? measuredParts(item).map((each) => ({ ...place, part: each })) : [place];
    const empty = row.every((each) => !values[nameOf(each)]);
    // An empty row is taken whole, by its first place.
    const whole = empty && row[0]?.part?.key === part?.key ? row : [place];
    const taken = whole.flatMap((each) => {
      const text = values[otherName(each) ?? ""];
      return text ? [[nameOf(each), text] as const] : [];
    });
    set(Object.fromEntries(taken));
    return true;
  };
  const fillRow = (place: Place): boolean => {
    const { item, part, side } = place;
    const reads = LINES[`${spec.code}/${item.key}`];
    if (!reads || part?.key !== measuredParts(item)[0]?.key) return false;
    const line = reads(values[nameOf(place)] ?? "");
    if (!line) return false;
    const filled = Object.entries(line as Record<string, string>).flatMap(([key, text]) => {
      const named = partsOf(item).find((each) => each.key === key);
      return named ? [[nameOf({ item, side, part: named }), text] as const] : [];
    });
    set(Object.fromEntries(filled));
    settle(...filled.map(([name]) => name));
    const sides = sidesOf(item.sides);
    const next = sides[sides.indexOf(side) + 1];
    const below = next === undefined ? null : inPlace(nameOf({ ...place, side: next }));
    if (below) below.focus();
    else {
      const end = inPlace(filled.at(-1)?.[0] ?? "");
      if (end) onward(around.current, end);
    }
    return true;
  };
  const press =
    (place: Place) =>
    (event: KeyboardEvent<HTMLInputElement | HTMLSelectElement>): void => {
      if (event.nativeEvent.isComposing || busy) return;
      const name = nameOf(place);
      const isSelect = event.currentTarget.tagName === "SELECT";
      const holds = (place.part ?? place.item).holds.sort;
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (matches(LAST_KEYS, event.nativeEvent)) {
        event.preventDefault();
        const found = lastOf(place);
        if (found) set({ [name]: found.text, [takenOf(name)]: found.day });
        else setNothingLast(true);
      } else if (event.key === "=" && plain && holds !== "text") {
        if (asOther(place)) event.preventDefault();
      } else if (event.key === "-" && plain && isSelect && holds === "choice") {
        event.preventDefault();
        const why = absentWhy(values[name] ?? "");
        const next = WHY[(why ? WHY.indexOf(why) + 1 : 0) % WHY.length];
        if (next) set({ [name]: absent(next) });
      } else if (event.key === "Enter" && plain && !event.shiftKey) {
        event.preventDefault();
        if (fillRow(place)) return;
        const [about] = newest
          ? remarksHere(spec, newest.remarks, values).filter((each) => each.name === name)
          : [];
        const waits = about && (canTake(about) || about.remark.weight === "refused");
        const isSeen = about?.remark.offer
          ? stoppedAt === name || mendsAlone(about, answers[about.remark.path])
          : settled.has(name);
        if (about && canTake(about) && isSeen) return takeByKey(about);
        if ((waits && !isSeen) || (read.troubles[name] && !settled.has(name))) {
          settle(name);
          setStoppedAt(name);
          if (event.currentTarget instanceof HTMLInputElement) event.currentTarget.select();
          return;
        }
        settle(name);
        onward(around.current, event.currentTarget);
      }
    };
  const first = shown.find(canTake);
  useHotkey(TAKE_KEYS, () => first && takeByKey(first), !busy && first !== undefined);
  const hasFindings = itemsOf(spec).some(({ holds }) => holds.sort === "finding");
  useHotkey(NORMAL_KEYS, () => form.set(allNormal(spec, values, standing.seen)), hasFindings && !busy);
  const many = itemsOf(spec).some((item) => item.many);

  const check = () => {
    const lacks = lacking(t, said, read.troubles, [], false);
    settle(...Object.keys(lacks));
    return lacks;
  };
  /** Sends it once nothing is left to settle; whoever types faster than is checked waits for the check. */
  const unlessLacking = async <Answer,>(
    send: () => Promise<Answer>,
    signs: boolean,
  ): Promise<Answer | null> => {
    const { remarks } = newest ?? (await look.mutateAsync(asked));
    const lacks = lacking(t, said, {}, remarksHere(spec, remarks, values), signs);
    settle(...Object.keys(lacks));
    return form.tell(lacks) ? send() : null;
  };
  const changed = Object.fromEntries(
    Object.entries(answers).filter(
      ([path, answer]) => JSON.stringify(answer) !== JSON.stringify(base.answers[path]),
    ),
  ) as Record<string, Answer>;
  const checkAddition = () => {
    const lacks: Record<string, string> = { ...check() };
    const cleared = Object.keys(base.answers).filter((path) => !(path in answers));
    for (const path of cleared) {
      const place = placeOf(spec, path);
      if (place) lacks[nameOf(place)] = t("forms.amend.cleared");
    }
    if (!values[REASON]?.trim()) lacks[REASON] = t("reason.required");
    if (Object.keys(changed).length === 0 && !values[WORDS]?.trim()) lacks[WORDS] = t("forms.amend.nothing");
    return lacks;
  };
  const add = (signed: FilledView) =>
    form.act(
      () =>
        unlessLacking(
          () =>
            amend.mutateAsync({
              filled: signed.id,
              answers: changed,
              text: values[WORDS] ?? "",
              reason: values[REASON] ?? "",
            }),
          false,
        ),
      {
        check: checkAddition,
        done: () => {
          tell(t("forms.amend.done", { what: said(spec.title) }));
          onClose();
        },
      },
    );
  const handedBack = amends ? stands(amends.handed_back) : {};
  const takeBack = () => form.set(valuesOf(spec, handedBack, firstReading(handedBack, values[READING])));
  const write = {
    form: named,
    patient,
    visit: task.act ? null : (task.visit ?? null),
    filled: base.id,
    version: base.version,
    answers: answers as Record<string, Answer>,
  };
  const tellKept = ({ conflict }: { conflict: boolean }, key: "kept" | "signed") =>
    tell(conflict ? t("forms.kept_conflict") : t(`forms.${key}`, { what: said(spec.title) }));
  const keep = (another: boolean) => {
    if (!form.touched) return another ? undefined : onClose();
    const next = { ...blanks(values), ...begin(view, answers, time) };
    form.act(() => unlessLacking(() => save.mutateAsync(write), false), {
      check,
      ...(another
        ? {
            again: ({ version }) => ({ seen: { version }, before: next }),
          }
        : {}),
      done: (kept) => {
        tellKept(kept, "kept");
        if (!another) return onClose();
        setBase({ id: kept.id, version: kept.version, answers });
        setSettled(new Set());
        form.set(next);
        around.current?.querySelector<HTMLElement>("input, select")?.focus();
      },
    });
  };
  const signIt = () =>
    form.act(() => unlessLacking(() => sign.mutateAsync(write), true), {
      check,
      done: (kept) => {
        tellKept(kept, "signed");
        onClose();
      },
    });
  useHotkey(ANOTHER_KEYS, () => keep(true), many && !busy && !amends);

  const change = (item: Place["item"], name: string) => {
    const readings = Object.fromEntries(
      Object.entries(base.answers).filter(([path]) => path.endsWith(`:${name}`)),
    );
    form.set({ ...blanks(values, item.key), ...valuesOf(spec, readings, name) });
  };
  const asking = (each: Here) => {
    const combo = !canTake(each) ? undefined : inHand === each.name ? "Enter" : TAKE_KEYS;
    return (
      <Asked
        key={idOf(each)}
        id={idOf(each)}
        here={each}
        now={answers[each.remark.path]}
        combo={combo === TAKE_KEYS && each !== first ? undefined : combo}
        onTake={() => take(each)}
      />
    );
  };
  const troubles = Object.entries(read.troubles).filter(([name]) => settled.has(name));
  const wrong: Record<string, string> = {
    ...Object.fromEntries(troubles.map(([name, trouble]) => [name, t(`forms.trouble.${trouble}`)])),
    ...Object.fromEntries(Object.entries(errors).filter(([name]) => ![REASON, WORDS].includes(name))),
  };
  const ofName = (name: string) => shown.filter((each) => each.name === name);
  const wrongAt = (name: string) => (ofName(name).length > 0 ? undefined : wrong[name]);
  const told = (names: readonly string[]) => {
    const all = [...new Set(names)].flatMap((name) => [
      ...ofName(name).map(asking),
      ...[wrongAt(name)].flatMap((text) =>
        text ? [<Asking key={name} id={`${id}-${name}`} about="" text={text} ways={[]} />] : [],
      ),
    ]);
    return all.length > 0 ? all : null;
  };
  const isHere = (place: Place) =>
    isShown(spec, read, reading, place) && (standing.asked(place.side) || Boolean(values[nameOf(place)]));
  const places = new Set(placesOf(view).filter(isHere).map(nameOf));
  // What is wrong at a place that is not asked here is told at the foot.
  const elsewhere = [...shown.map(({ name }) => name), ...Object.keys(wrong)].filter(
    (name) => !places.has(name),
  );
  const toldInHand = inHand && [...ofName(inHand).map(keyOf), wrongAt(inHand)].join(" ");
  useEffect(() => showInHand(around.current), [inHand, toldInHand, errors]);
  const hidden = checked.data?.hidden.length ?? 0;
  return (
    <KeptPane
      title={said(spec.title)}
      act={amends ? t("forms.amend.sign") : view.may_fill ? t("forms.keep") : null}
      onAct={() => (amends ? add(amends) : keep(false))}
      form={form}
      onClose={onClose}
      ways={
        amends ? undefined : (
          <>
            {many && (
              <Button onClick={() => keep(true)} aria-keyshortcuts={comboAria(ANOTHER_KEYS)}>
                {t("forms.keep_another")} <KeyHint combo={ANOTHER_KEYS} />
              </Button>
            )}
            {view.may_sign && (
              <Button onClick={signIt} loading={sign.isPending}>
                {t("forms.sign")}
              </Button>
            )}
          </>
        )
      }
    >
      {amends && <Small>{t("forms.amend.text")}</Small>}
      {amends && Object.keys(handedBack).length > 0 && (
        <Small>
          {t("forms.amend.handed_back", { what: answersSaid(t, said, spec, handedBack) })}{" "}
          <TextButton onClick={takeBack}>{t("forms.amend.take")}</TextButton>
        </Small>
      )}
      <div
        ref={ref}
        onFocus={(event) => setInHand(event.target.getAttribute("name"))}
        style={{ display: "contents" }}
      >
        {spec.sections.map((section) => (
          <Block
            key={section.key}
            section={section}
            titled={spec.sections.length > 1}
            isShown={isHere}
            place={(place) => {
              const name = nameOf(place);
              const ids = wrongAt(name) ? [`${id}-${name}`] : ofName(name).map(idOf);
              return (
                <PlaceBox
                  place={place}
                  values={values}
                  onChange={set}
                  onKeyDown={press(place)}
                  onLeave={() => settle(name)}
                  wrong={ids.length > 0}
                  told={ids.join(" ") || undefined}
                  readOnly={busy}
                />
              );
            }}
            told={(places) => told(places.map(nameOf))}
            under={(item) =>
              item.many && (
                <KeptReadings
                  item={item}
                  answers={base.answers}
                  inHand={reading}
                  onChange={(name) => change(item, name)}
                />
              )
            }
          />
        ))}
        {amends && (
          <>
            <TextArea {...form.text(WORDS)} label={t("forms.amend.words")} lines={2} />
            <TextArea {...form.text(REASON)} label={t("forms.amend.why")} lines={1} required />
          </>
        )}
        {told(elsewhere)}
      </div>
      {nothingLast && <Small>{t("forms.last_none")}</Small>}
      {hidden > 0 && <Small>{t("forms.hidden", { count: hidden })}</Small>}
      <Follows spec={spec} derived={checked.data?.derived ?? {}} reading={reading} />
      <Small>
        {Object.keys(LINES).some((line) => line.startsWith(`${spec.code}/`)) && (
          <>
            <b>{t("forms.line_example")}</b> {t("forms.keys.line")} ·{" "}
          </>
        )}
        {itemsOf(spec).some(({ sides }) => sides.startsWith("right_left")) && (
          <>
            <KeyHint combo="=" /> {t("forms.keys.other")} ·{" "}
          </>
        )}
        {itemsOf(spec).some(({ sides }) => sides === "teeth") && <>{t("forms.keys.teeth")} · </>}
        <KeyHint combo="-" /> {t("forms.keys.absent")} · <KeyHint combo={LAST_KEYS} /> {t("forms.keys.last")}
        {hasFindings && (
          <>
            {" "}
            · <KeyHint combo={NORMAL_KEYS} /> {t("forms.keys.normal")}
          </>
        )}
      </Small>
      <Row>
        <FormPaper patient={patient} form={named} filled={null} />
      </Row>
    </KeptPane>
  );
}

/** The first reading that there is, else `other`, else a new one. */
function firstReading(answers: Answers, other?: string): string {
  const [first] = Object.keys(answers).flatMap((path) => readPath(path).reading ?? []);
  return first ?? other ?? readingId();
}

/** How a form begins: what is answered once, and a reading that begins now. */
function begin({ spec }: FormView, answers: Answers, time: string): Record<string, string> {
  const times = itemsOf(spec).flatMap((item) =>
    partsOf(item)
      .filter(({ holds }) => holds.sort === "time")
      .map((part) => [nameOf({ item, side: null, part }), time] as const),
  );
  return { ...Object.fromEntries(times), ...valuesOf(spec, answers, readingId()) };
}

/** Every place of the form. */
function placesOf({ spec }: FormView): Place[] {
  return itemsOf(spec).flatMap((item) =>
    sidesOf(item.sides).flatMap((side) => {
      const parts = item.holds.sort === "reading" ? partsOf(item) : [null];
      return parts.map((part) => ({ item, side, part }));
    }),
  );
}

/** Every place of the form, empty. */
function names(view: FormView): Record<string, string> {
  return Object.fromEntries(placesOf(view).map((place) => [nameOf(place), ""]));
}

/** The same values with nothing in them, all or those of one item. */
function blanks(values: Values, item?: string): Record<string, string> {
  const of = Object.keys(values).filter(
    (name) => item === undefined || new RegExp(`^${item}[:.~]`).test(name),
  );
  return Object.fromEntries(of.map((name) => [name, ""]));
}
