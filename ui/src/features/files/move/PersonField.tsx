import { useId, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../../../components/fields";
import { optionId, Suggesting, Suggestions } from "../../../components/Suggestions";
import type { PersonRow } from "../../../generated/PersonRow";
import type { RecordId } from "../../../generated/RecordId";
import { useQueryOf } from "../../../host/use-command";
import { usePersonWords } from "./use-person-words";

interface PersonFieldProps {
  /** Whose chart it is already. */
  except: RecordId;
  value: string;
  onChange: (text: string) => void;
  error?: string | undefined;
  readOnly?: boolean;
  autoFocus?: boolean;
  onPick: (person: PersonRow) => void;
}

/** Finds a person by what is typed, to be chosen by a key or a press; nobody is chosen by leaving the field. */
export function PersonField({
  except,
  value,
  onChange,
  error,
  readOnly,
  autoFocus = false,
  onPick,
}: PersonFieldProps) {
  const { t } = useTranslation();
  const list = useId();
  const words = usePersonWords();
  const [open, setOpen] = useState(value !== "");
  const [moved, setMoved] = useState(0);
  const text = value.trim();
  const asked = open && text !== "";
  const found = useQueryOf("find_patients", { text }, { enabled: asked, keepLast: true });
  const rows = asked ? (found.data?.people ?? []).filter(({ id }) => id !== except) : [];
  // What was found for an earlier text is shown, and takes no key.
  const at = found.isPlaceholderData ? -1 : Math.min(moved, rows.length - 1);
  const take = (row: PersonRow | undefined) => {
    if (!row) return;
    setOpen(false);
    onPick(row);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || rows.length === 0) return;
    const does: Record<string, () => void> = {
      ArrowDown: () => setMoved(Math.min(at + 1, rows.length - 1)),
      ArrowUp: () => setMoved(Math.max(at - 1, 0)),
      Escape: () => setOpen(false),
      Enter: () => take(rows[at]),
    };
    const act = does[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const nobody = asked && rows.length === 0 && found.data !== undefined && !found.isPlaceholderData;
  return (
    <Suggesting>
      <TextField
        name="to"
        label={t("files.move.to")}
        hint={nobody ? t("files.move.nobody") : t("files.move.find")}
        value={value}
        onChange={(typed) => {
          setOpen(true);
          setMoved(0);
          onChange(typed);
        }}
        error={error}
        readOnly={readOnly ?? false}
        autoFocus={autoFocus}
        autoComplete="off"
        required
        combo={{ list, open: rows.length > 0, active: rows[at] && optionId(list, at) }}
        onKeyDown={press}
      />
      {rows.length > 0 && (
        <Suggestions
          id={list}
          label={t("patients.people")}
          items={rows.map((row) => ({
            id: row.id,
            title: <bdi>{words.name(row)}</bdi>,
            after: row.number,
            detail: words.facts(row),
          }))}
          at={at}
          onPick={(index) => take(rows[index])}
          keys={[{ combo: "Enter", does: t("codes.choose") }]}
        />
      )}
    </Suggesting>
  );
}
