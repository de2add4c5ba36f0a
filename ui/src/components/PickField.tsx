import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FieldTrouble, Label, type FieldProps } from "./fields";

interface PickFieldProps extends FieldProps {
  options: readonly string[];
  /** Said when nothing fits what was typed. */
  nothing: string;
}

/** As many as are ever looked through by eye; typing narrows the rest. */
const SHOWN = 60;

/** One of a long list of known words, found by typing a part of it. */
export function PickField({
  label,
  mark,
  hint,
  error,
  options,
  nothing,
  onChange,
  ...field
}: PickFieldProps) {
  const { t } = useTranslation();
  return (
    <Select
      {...field}
      label={<Label text={label} mark={mark} />}
      description={hint ?? t("field.pick_hint")}
      error={error ? <FieldTrouble text={error} /> : null}
      withAsterisk={field.required ?? false}
      data={[...options]}
      searchable
      allowDeselect={false}
      limit={SHOWN}
      nothingFoundMessage={nothing}
      selectFirstOptionOnChange
      withCheckIcon={false}
      comboboxProps={{ transitionProps: { duration: 0 }, shadow: "none" }}
      onChange={(picked) => onChange(picked ?? "")}
    />
  );
}
