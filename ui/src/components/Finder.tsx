import { Modal } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useId, useRef, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { KeyHint } from "./KeyHint";
import { useListNavigation } from "./list-navigation";
import { Option } from "./Option";
import style from "./Finder.module.css";

/** One thing that can be found: a line, a second line, and what stands before and after them. */
export interface Found {
  id: string;
  title: ReactNode;
  detail?: ReactNode;
  before?: ReactNode;
  after?: ReactNode;
  onPick: () => void;
  /** It was not found: it is offered because of what was typed. */
  offer?: true;
  /** What else can be done with it at once, by Ctrl and Enter. */
  also?: () => void;
}

/** Things of one kind under their name. */
export interface FoundGroup {
  name: string;
  items: readonly Found[];
}

interface FindBoxProps {
  /** What is asked for in the box. */
  label: string;
  text: string;
  onText: (text: string) => void;
  groups: readonly FoundGroup[];
  /** Said when nothing fits the text. */
  nothing: string;
  /** The results are still those of an earlier text: Enter waits for the ones that were asked for. */
  pending?: boolean;
  /** What Ctrl and Enter do with whatever can be more than opened. */
  alsoHint?: string | undefined;
  /** Why something could not be looked for. */
  trouble?: ReactNode;
}

interface FinderProps extends FindBoxProps {
  opened: boolean;
  onClose: () => void;
}

/** One box and one list for everything that can be gone to; the keys never leave the box. */
export function Finder({ opened, onClose, ...box }: FinderProps) {
  const { t } = useTranslation();
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size="40rem"
      yOffset="4rem"
      centered={false}
      trapFocus
      returnFocus
    >
      <Modal.Overlay />
      <Modal.Content aria-label={box.label} className={style["float"]}>
        <FindBox
          {...box}
          beforePick={onClose}
          close={
            <>
              <KeyHint combo="Escape" /> {t("find.hint_close")}
            </>
          }
        />
      </Modal.Content>
    </Modal.Root>
  );
}

interface FindBoxParts extends FindBoxProps {
  beforePick?: () => void;
  /** How to close what floats. */
  close?: ReactNode;
}

/** The box and its list, also where they are a part of a screen; the keys start in the box. */
export function FindBox(props: FindBoxParts) {
  const {
    label,
    text,
    onText,
    groups,
    nothing,
    pending = false,
    trouble,
    alsoHint,
    beforePick,
    close,
  } = props;
  const { t } = useTranslation();
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const items = groups.flatMap((group) => group.items);
  const found = items.filter(({ offer }) => !offer).length;
  const take = (item: Found | undefined, way: "open" | "also" = "open") => {
    if (!item) return;
    beforePick?.();
    if (way === "also" && item.also) item.also();
    else item.onPick();
  };
  const waiting = useRef<"open" | "also" | null>(null);
  const pick = (at: number, way: "open" | "also" = "open") => {
    if (pending) waiting.current = way;
    else take(items[at], way);
  };
  const { at, setAt, onKeyDown } = useListNavigation(items.length, (at) => pick(at));
  // Enter was pressed before the answer came: it meant the answer, not what was still on screen.
  const settle = useEffectEvent(() => {
    const way = waiting.current;
    waiting.current = null;
    if (way) take(items[at], way);
  });
  useEffect(() => {
    if (!pending) settle();
  }, [pending]);
  const current = items[at];
  const press = (event: KeyboardEvent) => {
    // The key that leads to a find box is pressed by habit in it, too; nothing that is found begins with it.
    if (event.key === "/" && text === "") return event.preventDefault();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) {
      event.preventDefault();
      pick(at, "also");
    } else onKeyDown(event);
  };
  const change = (typed: string) => {
    setAt(0);
    waiting.current = null;
    onText(typed);
  };
  return (
    <>
      <div className={style["box"]}>
        <IconSearch size="1.125rem" stroke={1.8} aria-hidden="true" />
        <input
          ref={input}
          data-autofocus
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={current && `${list}-${current.id}`}
          placeholder={label}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDown={press}
        />
      </div>
      <div className={style["list"]} id={list} role="listbox" aria-label={t("find.results")}>
        {groups
          .filter((group) => group.items.length > 0)
          .map((group) => (
            <div key={group.name} role="group" aria-label={group.name}>
              <div className={style["group"]} aria-hidden="true">
                {group.name}
              </div>
              {group.items.map((item) => (
                <Option
                  key={item.id}
                  id={`${list}-${item.id}`}
                  current={item === current}
                  className={style["item"]}
                  onPick={() => take(item)}
                >
                  {item.before}
                  <span className={style["words"]}>
                    <span>{item.title}</span>
                    {item.detail && <small>{item.detail}</small>}
                  </span>
                  {item.after}
                </Option>
              ))}
            </div>
          ))}
      </div>
      {trouble && <div className={style["trouble"]}>{trouble}</div>}
      {found === 0 && !pending && !trouble && <p className={style["nothing"]}>{nothing}</p>}
      <div className={style["foot"]}>
        <span role="status">{text && t("find.counted", { count: found })}</span>
        <span className={style["keys"]} aria-hidden="true">
          <KeyHint combo="ArrowUp" />
          <KeyHint combo="ArrowDown" /> {t("find.hint_move")} <KeyHint combo="Enter" /> {t("find.hint_open")}{" "}
          {alsoHint && (
            <>
              <KeyHint combo="mod+Enter" /> {alsoHint}{" "}
            </>
          )}
          {close}
        </span>
      </div>
    </>
  );
}
