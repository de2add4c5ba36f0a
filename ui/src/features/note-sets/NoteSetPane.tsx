import { IconArrowUp, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SelectField, TextArea, TextField } from "../../components/fields";
import { IconButton } from "../../components/IconButton";
import type { NoteSetRow } from "../../generated/NoteSetRow";
import type { NoteSystem } from "../../generated/NoteSystem";
import type { VisitType } from "../../generated/VisitType";
import { useMay } from "../../host/session";
import { useCommand } from "../../host/use-command";
import { systemWord } from "../../records/exam-words";
import { VISIT_KINDS } from "../../records/kinds/visit";
import { WrittenPane } from "../../records/WrittenPane";
import type { WrittenProps } from "../../records/WrittenScreen";
import style from "./note-sets.module.css";

/** Of no row it writes a new set, and of one that every clinic has it begins one of the clinic's own. */
interface NoteSetPaneProps extends WrittenProps<NoteSetRow> {
  /** All sets: their systems are those for which a note has words. */
  rows: readonly NoteSetRow[];
}

/** The texts with which a note goes on by a set. */
const TEXTS = ["history", "treatment", "plan"] as const;
const LONGEST_TEXT = 500;
const OLDEST = 130;

/** An age in whole years: null where none is said, undefined where it is none. */
function ageOf(typed: string): number | null | undefined {
  const text = typed.trim();
  if (!text) return null;
  return /^\d{1,3}$/.test(text) && Number(text) <= OLDEST ? Number(text) : undefined;
}

/**
 * Writes a version of a set: its name, the visits and ages that begin with it, its systems in order with what is normal, and the
 * words with which the note goes on. What is published is frozen: a change of it is a draft of the next version.
 */
export function NoteSetPane({ row, rows, onTouched, onClose, onDone }: NoteSetPaneProps) {
  const { t } = useTranslation();
  const write = useCommand("write_note_set");
  const publish = useCommand("publish_note_set");
  const mayPublish = useMay("template.publish");
  // As it was when the pane was opened: a change that came meanwhile must not pass for seen.
  const [seen] = useState(row);
  const own = seen?.id ? seen : null;
  const draft = own?.status === "draft" ? own : null;
  const before = {
    name: own?.set ?? "",
    kind: own?.kinds[0] ?? "",
    ages: { from_age: `${own?.from_age ?? ""}`, until_age: `${own?.until_age ?? ""}` },
    systems: seen?.systems ?? [],
    texts: { history: own?.history ?? "", treatment: own?.treatment ?? "", plan: own?.plan ?? "" },
  };
  const [name, setName] = useState(before.name);
  const [kind, setKind] = useState<string>(before.kind);
  const [ages, setAges] = useState(before.ages);
  const [systems, setSystems] = useState<readonly NoteSystem[]>(before.systems);
  const [texts, setTexts] = useState(before.texts);
  const [told, setTold] = useState(false);
  const refused = write.error ?? publish.error;
  const why = refused?.fields["why"];
  const taken = why === "used" ? t("note_sets.name_used") : why === "apart" ? t("note_sets.apart") : null;
  const known = [...new Set(rows.flatMap((each) => each.systems.map(({ system }) => system)))];
  const others = known.filter((each) => !systems.some(({ system }) => system === each));
  const say = (at: number, normal: string) =>
    setSystems(systems.map((each, place) => (place === at ? { ...each, normal } : each)));
  const goUp = (at: number) =>
    setSystems([
      ...systems.slice(0, at - 1),
      ...systems.slice(at - 1, at + 1).reverse(),
      ...systems.slice(at + 1),
    ]);
  const touched = JSON.stringify({ name, kind, ages, systems, texts }) !== JSON.stringify(before);
  const nameless = !name.trim();
  const [from, until] = [ageOf(ages.from_age), ageOf(ages.until_age)];
  const ageless = from === undefined || until === undefined || (from ?? 0) > (until ?? OLDEST);
  const keep = (by: typeof write | typeof publish, done: "saved" | "published") => {
    setTold(true);
    if (nameless || ageless || systems.length === 0) return;
    const entries = systems.map(({ system, normal }, place) => [
      system,
      { place, ...(normal.trim() ? { normal: normal.trim() } : {}) },
    ]);
    const details = {
      name: name.trim(),
      kind: (kind || null) as VisitType | null,
      from_age: from ?? null,
      until_age: until ?? null,
      systems: Object.fromEntries(entries),
      history: texts.history.trim() || null,
      treatment: texts.treatment.trim() || null,
      plan: texts.plan.trim() || null,
    };
    const follows = draft ? null : (own?.id ?? null);
    by.mutate(
      { id: draft?.id ?? null, version: draft?.version ?? null, follows, details },
      { onSuccess: () => onDone(t(`note_sets.${done}`, { name: name.trim() })) },
    );
  };
  return (
    <WrittenPane
      title={own ? own.set : t("note_sets.add")}
      onSave={() => keep(write, "saved")}
      draft={{
        save: t("note_sets.save"),
        publish: mayPublish ? { act: t("note_sets.publish"), run: () => keep(publish, "published") } : null,
      }}
      busy={write.isPending || publish.isPending}
      refused={taken ? null : refused}
      withdrawal={
        own &&
        (draft || mayPublish
          ? {
              command: "void_note_set",
              seen: own,
              title: t(draft ? "note_sets.withdraw_draft_title" : "note_sets.withdraw_title", {
                name: own.set,
              }),
              text: t(draft ? "note_sets.withdraw_draft_text" : "note_sets.withdraw_text"),
              onDone: () => onDone(t("note_sets.withdrawn", { name: own.set })),
            }
          : null)
      }
      touched={touched}
      onTouched={onTouched}
      onClose={onClose}
    >
      <TextField
        label={t("note_sets.name")}
        value={name}
        onChange={(value) => {
          write.reset();
          publish.reset();
          setName(value);
        }}
        maxLength={60}
        error={told && nameless ? t("note_sets.name_required") : taken}
        autoComplete="off"
        autoFocus
        required
      />
      <SelectField
        label={t("note_sets.kind")}
        value={kind}
        onChange={setKind}
        options={[
          { value: "", label: t("note_sets.no_kind") },
          ...VISIT_KINDS.map((value) => ({ value, label: t(`patients.visit_type.${value}`) })),
        ]}
      />
      <div className={style["ages"]}>
        {(["from_age", "until_age"] as const).map((each) => (
          <TextField
            key={each}
            label={t(`note_sets.${each}`)}
            value={ages[each]}
            onChange={(value) => setAges({ ...ages, [each]: value })}
            inputMode="numeric"
            maxLength={3}
            error={told && ageless && each === "until_age" ? t("note_sets.age_trouble") : undefined}
            autoComplete="off"
          />
        ))}
      </div>
      <ol className={style["systems"]} aria-label={t("note_sets.systems")}>
        {systems.map(({ system, normal }, at) => {
          const word = systemWord(t, system);
          return (
            <li key={system}>
              <TextField
                label={word}
                value={normal}
                onChange={(value) => say(at, value)}
                placeholder={t("note_sets.said_anew")}
                maxLength={200}
              />
              <IconButton
                icon={IconArrowUp}
                label={t("note_sets.up", { system: word })}
                onClick={() => goUp(at)}
                disabled={at === 0}
              />
              <IconButton
                icon={IconX}
                label={t("note_sets.remove", { system: word })}
                onClick={() => setSystems(systems.filter((_, place) => place !== at))}
              />
            </li>
          );
        })}
      </ol>
      <SelectField
        label={t("note_sets.another")}
        value=""
        onChange={(system) => system && setSystems([...systems, { system, normal: "" }])}
        error={told && systems.length === 0 ? t("note_sets.systems_required") : undefined}
        options={[
          { value: "", label: "" },
          ...others.map((value) => ({ value, label: systemWord(t, value) })),
        ]}
      />
      {TEXTS.map((each) => (
        <TextArea
          key={each}
          label={t(`visits.note.${each}`)}
          value={texts[each]}
          onChange={(value) => setTexts({ ...texts, [each]: value.slice(0, LONGEST_TEXT) })}
          hint={each === "plan" ? t("note_sets.texts_hint") : undefined}
        />
      ))}
    </WrittenPane>
  );
}
