import { useLayoutEffect, useRef, type KeyboardEvent } from "react";
import { TextArea, type TextAreaProps } from "../../../components/fields";
import type { NoteSection } from "../../../generated/NoteSection";
import type { SnippetRow } from "../../../generated/SnippetRow";
import { openedAt, snippetAt, stopAfter, type Marked } from "./snippet";

interface SnippetAreaProps extends TextAreaProps {
  section: NoteSection;
  snippets: readonly SnippetRow[];
}

/** Several lines of text in which a key behind a dot opens by Tab or the space bar, and Tab goes on to the next stop. */
export function SnippetArea({ section, snippets, ...field }: SnippetAreaProps) {
  const opened = useRef<{ box: HTMLTextAreaElement; marked: Marked } | null>(null);
  useLayoutEffect(() => {
    if (!opened.current) return;
    const { box, marked } = opened.current;
    opened.current = null;
    box.setSelectionRange(marked.from, marked.to);
  });
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { key, currentTarget: box } = event;
    if (field.readOnly || event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing)
      return;
    if (event.shiftKey || (key !== "Tab" && key !== " ")) return;
    const { value, selectionStart: from, selectionEnd: to } = box;
    const found = from === to ? snippetAt(value, to, section, snippets) : null;
    if (found) {
      event.preventDefault();
      const marked = openedAt(value, found.from, to, found.opens);
      opened.current = { box, marked };
      field.onChange(marked.text);
      return;
    }
    const next = key === "Tab" ? stopAfter(value, to) : null;
    if (!next) return;
    event.preventDefault();
    box.setSelectionRange(next.from, next.to);
  };
  return <TextArea {...field} onKeyDown={press} />;
}
