import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../components/Avatar";
import { useCountdown, waitText } from "../../components/countdown";
import { KeyHint } from "../../components/KeyHint";
import { useListNavigation } from "../../components/list-navigation";
import { Option } from "../../components/Option";
import { Tag } from "../../components/Tag";
import type { Tile } from "../../generated/Tile";
import { useRoleName } from "./role-name";
import { withoutTitle } from "./without-title";
import style from "./WhoIsIt.module.css";

interface WhoIsItProps {
  people: readonly Tile[];
  /** When the door told its waits, in milliseconds since 1970. */
  at: number;
  onChoose: (user: string) => void;
}

/** The people of this workstation as tiles; a letter or two and Enter is all it takes. */
export function WhoIsIt({ people, at, onChoose }: WhoIsItProps) {
  const { t } = useTranslation();
  const list = useId();
  const [text, setText] = useState("");
  const [grid, columns] = useColumns();
  const byName = (one: Tile, other: Tile) => withoutTitle(one.name).localeCompare(withoutTitle(other.name));
  const fitting = people.filter((person) => fits(person, text)).sort(byName);
  const choose = (index: number) => {
    const person = fitting[index];
    if (person) onChoose(person.user);
  };
  const { at: current, setAt, onKeyDown } = useListNavigation(fitting.length, choose, columns);
  const change = (typed: string) => {
    setAt(0);
    setText(typed);
  };
  const marked = fitting[current];
  return (
    <section className={style["who"]}>
      <h1 tabIndex={-1}>{t("door.title")}</h1>
      <input
        className={style["box"]}
        role="combobox"
        aria-label={t("door.find")}
        aria-expanded="true"
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={marked && `${list}-${marked.user}`}
        placeholder={t("door.find")}
        value={text}
        autoComplete="off"
        spellCheck={false}
        // The one thing to do on this screen is to say who it is.

        autoFocus
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div ref={grid} className={style["tiles"]} id={list} role="listbox" aria-label={t("door.people")}>
        {fitting.map((person) => (
          <PersonTile
            key={person.user}
            id={`${list}-${person.user}`}
            person={person}
            until={at + person.wait * 1000}
            marked={person === marked}
            onChoose={() => onChoose(person.user)}
          />
        ))}
      </div>
      <div className={style["foot"]}>
        <span role="status">
          {fitting.length > 0
            ? t("door.counted", { count: fitting.length })
            : t(people.length > 0 ? "door.nobody" : "door.none", { text })}
        </span>
        <span className={style["keys"]} aria-hidden="true">
          <KeyHint combo="ArrowUp" />
          <KeyHint combo="ArrowDown" /> <KeyHint combo="Enter" /> {t("door.to_choose")}
        </span>
      </div>
    </section>
  );
}

interface PersonTileProps {
  id: string;
  person: Tile;
  until: number;
  marked: boolean;
  onChoose: () => void;
}

function PersonTile({ id, person, until, marked, onChoose }: PersonTileProps) {
  const { t } = useTranslation();
  const roleName = useRoleName();
  const wait = useCountdown(until);
  return (
    <Option id={id} current={marked} className={style["tile"]} onPick={onChoose}>
      <Avatar name={withoutTitle(person.name)} large />
      <span className={style["words"]}>
        <b>{person.name}</b>
        <span className={style["role"]}>{roleName(person.role)}</span>
        {person.off && <Tag kind="warn">{t("door.off")}</Tag>}
        {wait > 0 && (
          <span data-figures>
            <Tag kind="warn">{t("door.wait", { time: waitText(wait) })}</Tag>
          </span>
        )}
      </span>
    </Option>
  );
}

/** Accents and case apart, each typed word begins a word of the name or the sign-in name. */
function fits(person: Tile, typed: string): boolean {
  const words = plain(`${person.name} ${person.sign_in}`).split(/[\s,.]+/);
  return plain(typed)
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}

function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

/** How many columns the grid really has, so that up and down go up and down. */
function useColumns() {
  const grid = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(1);
  useEffect(() => {
    const node = grid.current;
    if (!node) return;
    const watch = new ResizeObserver(() =>
      setColumns(getComputedStyle(node).gridTemplateColumns.split(" ").length),
    );
    watch.observe(node);
    return () => watch.disconnect();
  }, []);
  return [grid, columns] as const;
}
