import { Select } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FieldTrouble, Label, type FieldProps } from "./fields";

interface PickFieldProps extends FieldProps {
  options: readonly string[];
  /** Said when nothing fits what was typed. */
  nothing: string;
}

/** As many as are ever looked through by eye; typing narrows the rest. */
const SHOWN = 60;

/**
 * One of a long list of known words, found by typing a part of it. What is typed when the field is left stands for the
 * word that it is, or for the only one that it can be; where there is none or several, nothing stands and that is said.
 */
export function PickField({
  label,
  mark,
  hint,
  error,
  options,
  nothing,
  onChange,
  value,
  onBlur,
  ...field
}: PickFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const [unknown, setUnknown] = useState("");
  const choose = (picked: string) => {
    setUnknown("");
    onChange(picked);
  };
  const leave = () => {
    if (typed.trim() && typed !== value) {
      const meant = meantBy(typed, options);
      choose(meant ?? "");
      if (meant === null) setUnknown(typed.trim());
    }
    onBlur?.();
  };
  const trouble = unknown ? t("field.pick_unknown", { typed: unknown }) : error;
  return (
    <Select
      {...field}
      label={<Label text={label} mark={mark} />}
      description={hint ?? t("field.pick_hint")}
      error={trouble ? <FieldTrouble text={trouble} /> : null}
      withAsterisk={field.required ?? false}
      data={[...options]}
      searchable
      allowDeselect={false}
      limit={SHOWN}
      nothingFoundMessage={nothing}
      selectFirstOptionOnChange
      withCheckIcon={false}
      rightSection={<IconChevronDown size="0.875rem" stroke={1.8} aria-hidden="true" />}
      comboboxProps={{ transitionProps: { duration: 0 }, shadow: "none" }}
      value={value || null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(picked) => choose(picked ?? "")}
      onBlur={leave}
    />
  );
}

/** The one option that is meant by what was typed: itself, or the only one that has every word of it; else none. */
function meantBy(typed: string, options: readonly string[]): string | null {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[\s_]+/g, " ")
      .trim();
  const wanted = plain(typed);
  const exact = options.find((option) => plain(option) === wanted);
  const words = wanted.split(" ");
  const fitting = options.filter((option) => words.every((word) => plain(option).includes(word)));
  return exact ?? (fitting.length === 1 ? (fitting[0] ?? null) : null);
}
