import {
  IconArrowAutofitWidth,
  IconChevronLeft,
  IconChevronRight,
  IconColumns2,
  IconMinus,
  IconPlus,
  IconRotateClockwise,
} from "@tabler/icons-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useHotkey } from "../../../components/hotkey";
import { KeyButton } from "../../../components/KeyButton";
import { RefusalNote } from "../../../components/RefusalNote";
import { TextButton } from "../../../components/TextButton";
import type { RecordId } from "../../../generated/RecordId";
import { useMay } from "../../../host/session";
import type { FileRow } from "../types";
import { useCopy } from "../use-copy";
import { nearer, PLAIN, turn, type Look } from "./look";
import { Side } from "./Side";
import style from "./view.module.css";

interface ViewerProps {
  file: RecordId;
  /** The files among which it stands, as far as they were fetched. */
  rows: readonly FileRow[];
  /** A form about it is being filled in: a letter that misses its field must do nothing here. */
  quiet: boolean;
  onFile: (file: RecordId) => void;
  onMove: (file: RecordId) => void;
  onClose: () => void;
}

const SIGN = { size: "1rem", stroke: 1.8 } as const;

/** A file in full, or two side by side: the arrow keys go to the next one, the other keys turn and enlarge it. */
export function Viewer({ file, rows, quiet, onFile, onMove, onClose }: ViewerProps) {
  const { t } = useTranslation();
  const mayMove = useMay("file.void");
  const mayCopy = useMay("file.export");
  const around = useRef<HTMLDivElement>(null);
  const [beside, setBeside] = useState<RecordId | null>(null);
  /** Which of the two the keys turn. */
  const [second, setSecond] = useState(false);
  const [looks, setLooks] = useState<readonly [Look, Look]>([PLAIN, PLAIN]);
  const compared = beside !== null && beside !== file ? beside : null;
  const hand = compared !== null && second ? 1 : 0;
  const current = hand === 1 && compared !== null ? compared : file;
  const copy = useCopy(
    current,
    rows.find(({ id }) => id === current),
  );

  const look = (change: (look: Look) => Look) =>
    setLooks(([one, other]) => (hand === 0 ? [change(one), other] : [one, change(other)]));
  // In the list the newer one stands before; nobody compares a file with itself.
  const others = rows.filter(({ id }) => compared === null || id !== (hand === 0 ? compared : file));
  const at = others.findIndex(({ id }) => id === current);
  const go = (way: 1 | -1) => {
    const to = at < 0 ? undefined : others[at + way]?.id;
    if (to === undefined) return;
    look(() => PLAIN);
    if (hand === 0) onFile(to);
    else setBeside(to);
  };
  const compare = () => {
    if (compared !== null) {
      setSecond(false);
      setBeside(null);
      return;
    }
    const place = rows.findIndex(({ id }) => id === file);
    const other = rows[place + 1] ?? rows[place - 1];
    if (!other || other.id === file) return;
    setLooks(([one]) => [one, PLAIN]);
    setBeside(other.id);
    setSecond(true);
  };
  const larger = () => look((now) => nearer(now, 1));
  const smaller = () => look((now) => nearer(now, -1));
  const whole = () => look((now) => ({ ...now, zoom: 1 }));
  const turned = () => look(turn);
  useHotkey("+", larger, !quiet);
  useHotkey("=", larger, !quiet);
  useHotkey("-", smaller, !quiet);
  useHotkey("0", whole, !quiet);
  useHotkey("r", turned, !quiet);
  useHotkey("c", compare, !quiet);
  useHotkey("e", copy.save, mayCopy && !quiet);
  useHotkey("m", () => onMove(current), mayMove && !quiet);
  useEffect(() => {
    // The keys are in what is looked at, unless somebody types.
    if (!(document.activeElement instanceof HTMLInputElement)) around.current?.focus();
  }, []);
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key] as 1 | -1 | undefined;
    // What is larger than its place is moved by the same keys.
    if (way === undefined || looks[hand].zoom > 1) return;
    event.preventDefault();
    go(way);
  };
  const sides = compared === null ? [file] : [file, compared];
  return (
    // The keys work wherever they are in it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={around}
      className={style["viewer"]}
      role="group"
      aria-label={t("files.view.label")}
      tabIndex={-1}
      onKeyDown={press}
    >
      <div className={style["bar"]}>
        <TextButton onClick={onClose}>{t("files.view.back")}</TextButton>
        <span className={style["turns"]} role="group" aria-label={t("files.view.keys")}>
          <KeyButton
            label={t("files.view.before")}
            combo="ArrowLeft"
            onPress={() => go(-1)}
            disabled={at <= 0}
          >
            <IconChevronLeft {...SIGN} />
          </KeyButton>
          {at >= 0 && (
            <span className={style["percent"]} data-figures>
              {t("files.view.at", { at: String(at + 1), of: String(others.length) })}
            </span>
          )}
          <KeyButton
            label={t("files.view.after")}
            combo="ArrowRight"
            onPress={() => go(1)}
            disabled={at < 0 || at === others.length - 1}
          >
            <IconChevronRight {...SIGN} />
          </KeyButton>
          <KeyButton label={t("files.view.further")} combo="-" onPress={smaller}>
            <IconMinus {...SIGN} />
          </KeyButton>
          <span className={style["percent"]} data-figures>
            {Math.round(looks[hand].zoom * 100)} %
          </span>
          <KeyButton label={t("files.view.nearer")} combo="+" onPress={larger}>
            <IconPlus {...SIGN} />
          </KeyButton>
          <KeyButton label={t("files.view.fit")} combo="0" onPress={whole}>
            <IconArrowAutofitWidth {...SIGN} />
          </KeyButton>
          <KeyButton label={t("files.view.turn")} combo="R" onPress={turned}>
            <IconRotateClockwise {...SIGN} />
          </KeyButton>
          <KeyButton
            label={t("files.view.compare")}
            combo="C"
            onPress={compare}
            pressed={compared !== null}
            disabled={rows.length < 2}
          >
            <IconColumns2 {...SIGN} />
          </KeyButton>
        </span>
        {copy.refused && <RefusalNote refused={copy.refused} onRetry={copy.save} />}
      </div>
      <div className={style["sides"]}>
        {sides.map((one, index) => (
          <Side
            key={`${index} ${one}`}
            file={one}
            look={looks[index === 0 ? 0 : 1]}
            current={compared !== null && index === hand}
            named={compared !== null}
            onCurrent={() => setSecond(index === 1)}
          />
        ))}
      </div>
    </div>
  );
}
