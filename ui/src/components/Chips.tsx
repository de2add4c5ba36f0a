import style from "./Chips.module.css";

interface ChipsProps<V extends string> {
  /** What is narrowed; read out, not shown. */
  label: string;
  /** The word for no narrowing, and how many there are in all. */
  all: { label: string; count: number };
  chips: readonly { value: V; label: string; count: number }[];
  /** The chosen ones; none means all. */
  value: readonly V[];
  onChange: (value: V[]) => void;
}

/** Narrows a list to some of its kinds, each with its count; several may be chosen. */
export function Chips<V extends string>({ label, all, chips, value, onChange }: ChipsProps<V>) {
  const turn = (chip: V) =>
    onChange(value.includes(chip) ? value.filter((each) => each !== chip) : [...value, chip]);
  return (
    <div className={style["chips"]} role="group" aria-label={label}>
      <Chip {...all} pressed={value.length === 0} onClick={() => onChange([])} />
      {chips.map((chip) => (
        <Chip
          key={chip.value}
          label={chip.label}
          count={chip.count}
          pressed={value.includes(chip.value)}
          onClick={() => turn(chip.value)}
        />
      ))}
    </div>
  );
}

interface ChipProps {
  label: string;
  count: number;
  pressed: boolean;
  onClick: () => void;
}

function Chip({ label, count, pressed, onClick }: ChipProps) {
  return (
    <button type="button" className={style["chip"]} aria-pressed={pressed} onClick={onClick}>
      {label} <span data-figures>{count.toLocaleString("en")}</span>
    </button>
  );
}
