import { IconArrowUp, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SelectField, TextField } from "../../components/fields";
import { IconButton } from "../../components/IconButton";
import type { NoteSetRow } from "../../generated/NoteSetRow";
import type { NoteSystem } from "../../generated/NoteSystem";
import type { VisitType } from "../../generated/VisitType";
import { useCommand } from "../../host/use-command";
import { systemWord } from "../../records/exam-words";
import { VISIT_KINDS } from "../../records/kinds/visit";
import { WrittenPane } from "../../records/WrittenPane";
import style from "./note-sets.module.css";

interface NoteSetPaneProps {
  /** The set that was chosen; null to write a new one. One that every clinic has begins one of the clinic's own. */
  row: NoteSetRow | null;
  /** All sets: their systems are those for which a note has words. */
  rows: readonly NoteSetRow[];
  onTouched: (touched: boolean) => void;
  onClose: () => void;
  /** It was done; the sentence says what. */
  onDone: (sentence: string) => void;
}

/** Writes a set: its name, the kind of visit that begins with it, and its systems in order with what is normal. */
export function NoteSetPane({ row, rows, onTouched, onClose, onDone }: NoteSetPaneProps) {
  const { t } = useTranslation();
  const write = useCommand("write_note_set");
  // As it was when the pane was opened: a change that came meanwhile must not pass for seen.
  const [seen] = useState(row);
  const own = seen?.id ? seen : null;
  const before = { name: own?.set ?? "", kind: own?.kinds[0] ?? "", systems: seen?.systems ?? [] };
  const [name, setName] = useState(before.name);
  const [kind, setKind] = useState<string>(before.kind);
  const [systems, setSystems] = useState<readonly NoteSystem[]>(before.systems);
  const [told, setTold] = useState(false);
  const used = write.error?.fields["why"] === "used";
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
  const touched = JSON.stringify({ name, kind, systems }) !== JSON.stringify(before);
  const nameless = !name.trim();
  const save = () => {
    setTold(true);
    if (nameless || systems.length === 0) return;
    const entries = systems.map(({ system, normal }, place) => [
      system,
      { place, ...(normal.trim() ? { normal: normal.trim() } : {}) },
    ]);
    const details = {
      name: name.trim(),
      kind: (kind || null) as VisitType | null,
      systems: Object.fromEntries(entries),
    };
    write.mutate(
      { id: own?.id ?? null, version: own?.version ?? null, details },
      { onSuccess: () => onDone(t("note_sets.saved", { name: name.trim() })) },
    );
  };
  return (
    <WrittenPane
      title={own ? own.set : t("note_sets.add")}
      onSave={save}
      busy={write.isPending}
      refused={used ? null : write.error}
      withdrawal={
        own && {
          command: "void_note_set",
          seen: own,
          title: t("note_sets.withdraw_title", { name: own.set }),
          text: t("note_sets.withdraw_text"),
          onDone: () => onDone(t("note_sets.withdrawn", { name: own.set })),
        }
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
          setName(value);
        }}
        maxLength={60}
        error={told && nameless ? t("note_sets.name_required") : used ? t("note_sets.name_used") : undefined}
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
    </WrittenPane>
  );
}
