import type { TFunction } from "i18next";
import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../components/fields";
import { optionId, Suggesting, Suggestions } from "../components/Suggestions";
import type { CodeFound } from "../generated/CodeFound";
import { useMay } from "../host/session";
import { useCommand, useQueryOf } from "../host/use-command";

/** How a name was taken: by Enter, or by Tab as one that is not confirmed. */
export type Took = "chosen" | "suspected";

interface CodeFieldProps {
  label: string;
  name: string;
  value: string;
  onChange: (text: string) => void;
  /** A name of the list was taken: it and its code stand in the place of what was typed. */
  onTake: (found: CodeFound, took: Took) => void;
  /** Enter, where it takes nothing. */
  onEnter?: (event: KeyboardEvent<HTMLInputElement>) => void;
  hint?: ReactNode;
  mark?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  /** It stands, and cannot be changed now. */
  readOnly: boolean;
}

/** With fewer letters nobody means anything yet. */
const LEAST = 2;

/**
 * The name of an illness: what is typed of it finds names with their codes. Enter takes the one under the keys, Tab takes
 * it as not confirmed, Ctrl and Enter leaves what was typed as it is. No name is under the keys by itself that lacks a word
 * of what was typed: so whoever writes their own words and goes on keeps them.
 */
export function CodeField({ onTake, onEnter, onChange, ...field }: CodeFieldProps) {
  const { t } = useTranslation();
  const list = useId();
  const may = useMay("note.write");
  const [open, setOpen] = useState(false);
  const [moved, setMoved] = useState<number | null>(null);
  const pin = useCommand("pin_code");
  const text = field.value.trim();
  const asked = open && may && !field.readOnly && text.length >= LEAST;
  const found = useQueryOf("find_codes", { text }, { enabled: asked, keepLast: true });
  const rows = asked ? (found.data?.rows ?? []) : [];
  // What was found for an earlier text is shown, and takes no key.
  const fresh = !found.isPlaceholderData && !found.isFetching;
  const at = !fresh ? -1 : Math.min(moved ?? (rows[0]?.whole ? 0 : -1), rows.length - 1);
  const current = rows[at];
  const shut = () => {
    setOpen(false);
    setMoved(null);
  };
  const take = (row: CodeFound | undefined, took: Took) => {
    if (!row) return;
    shut();
    onTake(row, took);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const { key, nativeEvent, shiftKey, altKey } = event;
    const mod = event.ctrlKey || event.metaKey;
    if (nativeEvent.isComposing || rows.length === 0) {
      if (key === "Enter" && !mod) onEnter?.(event);
      return;
    }
    const does: Record<string, (() => void) | undefined> = {
      ArrowDown: () => setMoved(Math.min(at + 1, rows.length - 1)),
      ArrowUp: () => setMoved(Math.max(at - 1, 0)),
      Escape: shut,
      Enter: mod ? shut : current && (() => take(current, "chosen")),
      Tab: shiftKey || altKey || mod ? undefined : current && (() => take(current, "suspected")),
      F2:
        current &&
        (() =>
          pin.mutate(
            { name: current.name, pinned: !current.pinned },
            { onSuccess: () => void found.refetch() },
          )),
    };
    const act = does[key];
    if (act) {
      // As written: the form that hears the same keys is not sent by it.
      event.preventDefault();
      event.stopPropagation();
      act();
    } else if (key === "Enter" && !mod) onEnter?.(event);
  };
  return (
    <Suggesting>
      <TextField
        {...field}
        autoComplete="off"
        combo={{ list, open: rows.length > 0, active: current && optionId(list, at) }}
        onChange={(typed) => {
          setOpen(true);
          setMoved(null);
          onChange(typed);
        }}
        onKeyDown={press}
        onBlur={shut}
      />
      {rows.length > 0 && (
        <Suggestions
          id={list}
          label={t("codes.found")}
          items={rows.map((row) => ({
            id: `${row.system ?? ""} ${row.code ?? ""} ${row.name}`,
            title: row.name,
            after: row.code,
            detail: why(t, row),
          }))}
          at={at}
          onPick={(index) => take(rows[index], "chosen")}
          keys={[
            { combo: "Enter", does: t("codes.choose") },
            { combo: "mod+Enter", does: t("codes.as_written") },
            { combo: "F2", does: t(current?.pinned ? "codes.unpin" : "codes.pin") },
            { combo: "Tab", does: t("codes.not_confirmed") },
          ]}
        />
      )}
    </Suggesting>
  );
}

/** Why a name stands where it stands; nothing where there is nothing to say. */
function why(t: TFunction, { own, clinic, also, forgiven, pinned }: CodeFound): string {
  const said = [
    pinned && t("codes.pinned"),
    own > 0 ? t("codes.own", { count: own }) : clinic > 0 && t("codes.clinic", { count: clinic }),
    also && t("codes.also", { words: also }),
    forgiven && t("codes.forgiven"),
  ];
  return said.filter(Boolean).join(" · ");
}
