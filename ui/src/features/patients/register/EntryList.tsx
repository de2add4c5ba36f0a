import { IconX } from "@tabler/icons-react";
import { ActionIcon } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { CheckField, SelectField, TextField } from "../../../components/fields";
import { Tag } from "../../../components/Tag";
import { TextButton } from "../../../components/TextButton";
import { entryId } from "../../../host/entry-id";
import type { DetailsTyping, ListName } from "./changes";
import style from "./register.module.css";

type Entry = Record<string, string | boolean | number | undefined>;

/** A part of an entry and how it is asked for. */
export interface PartSpec {
  name: string;
  label: string;
  /** The words to choose from; text without them. */
  options?: readonly { value: string; label: string }[];
  flag?: true;
  /** As wide as the form. */
  wide?: true;
  type?: "tel" | "email";
  /** Asked for only where the entry is so. */
  when?: (entry: Entry) => boolean;
}

interface EntryListProps {
  list: ListName;
  typing: DetailsTyping;
  disputed: readonly string[];
  parts: (entry: Entry) => readonly PartSpec[];
  /** What can be added, each with the entry it begins with. */
  adds: readonly { label: string; start: Entry }[];
  /** What an entry is called when it is taken away. */
  called: string;
}

/** The entries as they came, those of which it is known which comes first before the others. */
function inTurn(entries: Record<string, Entry>): [string, Entry][] {
  const rank = (entry: Entry) => Number(entry["rank"] ?? Number.MAX_SAFE_INTEGER);
  return Object.entries(entries).sort(([, one], [, other]) => rank(one) - rank(other));
}

/** Entries that a person may have several of: each in its lines, added and taken away by one press. */
export function EntryList({ list, typing, disputed, parts, adds, called }: EntryListProps) {
  const { t } = useTranslation();
  const entries = (typing.values[list] ?? {}) as Record<string, Entry>;
  const fresh = useRef<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!fresh.current) return;
    box.current?.querySelector<HTMLElement>(`[data-entry="${fresh.current}"] :is(input, select)`)?.focus();
    fresh.current = null;
  });
  const put = (next: Record<string, Entry>) => typing.set({ [list]: next });
  const add = (start: Entry) => {
    const id = entryId();
    fresh.current = id;
    put({ ...entries, [id]: start });
  };
  const drop = (id: string) =>
    put(Object.fromEntries(Object.entries(entries).filter(([each]) => each !== id)));
  return (
    <div ref={box} className={style["entries"]}>
      {inTurn(entries).map(([id, entry]) => (
        <div key={id} className={style["entry"]} data-entry={id}>
          <div className={style["parts"]}>
            {parts(entry)
              .filter((part) => part.when?.(entry) ?? true)
              .map((part) => (
                <div key={part.name} data-wide={part.wide ?? false}>
                  <Part
                    part={part}
                    path={`${list}/${id}/${part.name}`}
                    value={entry[part.name] as string | boolean | undefined}
                    onChange={(value) => put({ ...entries, [id]: { ...entry, [part.name]: value } })}
                    typing={typing}
                    disputed={disputed}
                  />
                </div>
              ))}
          </div>
          <ActionIcon aria-label={t("patients.take_away", { what: called })} onClick={() => drop(id)}>
            <IconX size="1rem" stroke={1.7} />
          </ActionIcon>
        </div>
      ))}
      <div className={style["adds"]}>
        {adds.map(({ label, start }) => (
          <TextButton key={label} onClick={() => add(start)}>
            {label}
          </TextButton>
        ))}
      </div>
    </div>
  );
}

interface PartProps {
  part: PartSpec;
  path: string;
  value: Entry[string];
  onChange: (value: string | boolean) => void;
  typing: DetailsTyping;
  disputed: readonly string[];
}

function Part({ part, path, value, onChange, typing, disputed }: PartProps) {
  const { t } = useTranslation();
  const { label, options, flag, type = "text" } = part;
  if (flag) return <CheckField label={label} value={value === true} onChange={onChange} />;
  const field = {
    label,
    name: path,
    value: String(value ?? ""),
    onChange,
    error: typing.errors[path],
    mark: disputed.includes(path) ? <Tag kind="warn">{t("patients.disputed")}</Tag> : undefined,
  };
  return options ? (
    <SelectField {...field} options={options} />
  ) : (
    <TextField {...field} type={type} readOnly={typing.busy} autoComplete="off" />
  );
}
