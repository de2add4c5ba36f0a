import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../../components/fields";
import type { Counted } from "../../generated/Counted";
import type { HeldList } from "../../generated/HeldList";

interface CountedField {
  /** What is sent; null while the count that must be typed is not there. */
  counted: Counted | null;
  /** Where the count is typed; null where it need not be. */
  field: ReactNode;
}

/** So many rows are meant. Of a list that is shorter than a whole one their number is typed, so that nobody presses on by habit. */
export function useCounted(list: HeldList, count: number): CountedField {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const wrong = !list.whole && typed.trim() !== String(count);
  return {
    counted: wrong ? null : { count, typed: !list.whole },
    field: list.whole ? null : (
      <TextField
        label={t("lists.type_count")}
        value={typed}
        onChange={setTyped}
        inputMode="numeric"
        error={typed && wrong ? t("lists.wrong_count") : null}
      />
    ),
  };
}
