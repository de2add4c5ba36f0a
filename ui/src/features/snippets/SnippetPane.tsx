import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { CheckField, SelectField, TextArea, TextField } from "../../components/fields";
import type { NoteSection } from "../../generated/NoteSection";
import type { SnippetRow } from "../../generated/SnippetRow";
import { useMay } from "../../host/session";
import { useCommand } from "../../host/use-command";
import { WrittenPane } from "../../records/WrittenPane";
import type { WrittenProps } from "../../records/WrittenScreen";

const SECTIONS: readonly NoteSection[] = [
  "concern",
  "history",
  "examination",
  "treatment",
  "plan",
  "remarks",
];

/** Of no row, or of one that is shipped, it begins one's own. */
type SnippetPaneProps = WrittenProps<SnippetRow>;

/** Writes a snippet: what is typed for it, where it opens, and what it opens into. */
export function SnippetPane({ row, onTouched, onClose, onDone }: SnippetPaneProps) {
  const { t } = useTranslation();
  const body = useRef<HTMLDivElement>(null);
  const mayClinics = useMay("template.edit");
  const write = useCommand("write_snippet");
  // As it was when the pane was opened: a change that came meanwhile must not pass for seen.
  const [seen] = useState(row);
  const own = seen?.may_edit ? seen : null;
  const before = { key: seen?.key ?? "", section: seen?.section ?? "", text: seen?.text ?? "" };
  const [key, setKey] = useState(before.key);
  const [section, setSection] = useState<string>(before.section);
  const [text, setText] = useState(before.text);
  const [clinic, setClinic] = useState(false);
  const [told, setTold] = useState(false);
  const touched = key !== before.key || section !== before.section || text !== before.text || clinic;
  const typed = key.trim().replace(/^\./, "");
  const used = write.error?.fields["why"] === "used";
  const troubles = {
    key: !/^[a-z][a-z0-9_-]{1,23}$/.test(typed)
      ? t("snippets.key_trouble")
      : used
        ? t("snippets.key_used")
        : undefined,
    text: text.trim()
      ? text.trim().length > 2000
        ? t("snippets.text_long")
        : undefined
      : t("snippets.text_required"),
  };
  const save = () => {
    setTold(true);
    if ((troubles.key && !used) || troubles.text) {
      requestAnimationFrame(() => body.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus());
      return;
    }
    const details = { key: typed, text: text.trim(), section: (section || null) as NoteSection | null };
    write.mutate(
      { id: own?.id ?? null, version: own?.version ?? null, clinic, details },
      { onSuccess: () => onDone(t("snippets.saved", { key: typed })) },
    );
  };
  return (
    <WrittenPane
      title={own ? `.${own.key}` : t("snippets.add")}
      onSave={save}
      busy={write.isPending}
      refused={used ? null : write.error}
      withdrawal={
        own && {
          command: "void_snippet",
          seen: own,
          title: t("snippets.withdraw_title", { key: own.key }),
          text: t("snippets.withdraw_text"),
          onDone: () => onDone(t("snippets.withdrawn", { key: own.key })),
        }
      }
      touched={touched}
      onTouched={onTouched}
      onClose={onClose}
    >
      <div ref={body} style={{ display: "contents" }}>
        <TextField
          label={t("snippets.key")}
          value={key}
          onChange={(value) => {
            write.reset();
            setKey(value);
          }}
          hint={t("snippets.key_hint")}
          error={told ? troubles.key : undefined}
          autoComplete="off"
          autoFocus
          required
        />
        <SelectField
          label={t("snippets.section")}
          value={section}
          onChange={setSection}
          options={[
            { value: "", label: t("snippets.in.any") },
            ...SECTIONS.map((each) => ({ value: each, label: t(`snippets.in.${each}`) })),
          ]}
        />
        <TextArea
          label={t("snippets.text")}
          value={text}
          onChange={setText}
          lines={4}
          hint={t("snippets.text_hint")}
          error={told ? troubles.text : undefined}
          required
        />
        {!own && mayClinics && (
          <CheckField
            label={t("snippets.clinic")}
            value={clinic}
            onChange={setClinic}
            hint={t("snippets.clinic_hint")}
          />
        )}
      </div>
    </WrittenPane>
  );
}
