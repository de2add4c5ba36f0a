import { useTranslation } from "react-i18next";
import type { ConflictCard } from "../../generated/ConflictCard";
import type { Side } from "../../generated/Side";
import { useZone } from "../../host/session";
import { clockText, dayAt } from "../../i18n/dates";
import { useDates } from "../../i18n/use-dates";
import { useNumbers } from "../../records/numbering";
import { isClaimKind } from "../../records/kind";
import { fieldWord, kindWord, valueWord } from "../../records/words";
import { writtenName } from "../../i18n/written-name";
import { spoken } from "../../i18n/spoken";

/** A clash in words: about whom, about what, and what each side says. */
export function useConflictWords() {
  const { t } = useTranslation();
  const { date } = useDates();
  const zone = useZone();
  const [numbers] = useNumbers();
  const field = (kind: string, path: string) => {
    if (isClaimKind(kind)) return fieldWord(t, kind, path);
    const [head = ""] = path.split("/");
    return spoken(t, `conflict.field.${head}`, head.replaceAll("_", " "));
  };
  const value = (text: string, kind: string, path: string) =>
    text === "" ? t("conflict.nothing") : valueWord(t, date, numbers, kind, path, text);
  return {
    about: ({ kind, path }: ConflictCard) => {
      const named = kindWord(t, kind);
      return path
        ? t("conflict.of", { kind: named, field: field(kind, path) })
        : t("conflict.whole", { kind: named });
    },
    clash: ({ clash }: ConflictCard) => t(`conflict.clash.${clash}`),
    person: ({ person }: ConflictCard) => (person ? writtenName(person) : ""),
    shown: ({ clash, kind, shown, path }: ConflictCard) => {
      if (clash !== "signatures") return t("conflict.shown_now", { value: value(shown, kind, path) });
      return kind === "certificate" ? t("conflict.both_papers") : t("conflict.signed_first");
    },
    side: (side: Side, { clash, kind, path }: ConflictCard) => {
      // A side without a value is a removal beside an edit, or one signature beside another.
      if (side.value === "" && clash === "removal") return t("conflict.removed");
      if (clash === "signatures")
        return side.value === "" ? t("conflict.signed") : t("conflict.paper", { number: side.value });
      return value(side.value, kind, path);
    },
    by: ({ author, wall }: Side) =>
      t("conflict.by", {
        author: author ?? t("conflict.unknown_author"),
        date: date(dayAt(wall, zone)),
        time: clockText(wall, zone),
      }),
  };
}
