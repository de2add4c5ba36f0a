import { IconFileText } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { FoundGroup } from "../../components/Finder";
import type { RecordId } from "../../generated/RecordId";
import { useMay } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { writtenName } from "../../i18n/written-name";
import { StatusTag } from "./Steps";

/** What may be a part of a number: `00418`, `main-02-26`; a name alone is looked for among people. */
const NUMBER = /^[a-z0-9-]*\d{2}[a-z0-9-]*$/i;
const MOST = 5;

/** What a find box shows of certificates: those with this in their number, whatever became of them. */
export function useCertificatesFound(
  text: string,
  opened: boolean,
  onOpen: (certificate: RecordId) => void,
): FoundGroup {
  const { t } = useTranslation();
  const may = useMay("certificate.print");
  const typed = text.trim();
  const enabled = opened && may && NUMBER.test(typed);
  const asked = (list: "issued" | "ended") => ({ list, text: typed, before: null });
  const issued = useQueryOf("certificates", asked("issued"), { enabled });
  const ended = useQueryOf("certificates", asked("ended"), { enabled });
  const rows = enabled ? [...(issued.data?.rows ?? []), ...(ended.data?.rows ?? [])] : [];
  const fitting = rows.filter(({ number }) => number?.toLowerCase().includes(typed.toLowerCase()));
  return {
    name: t("place.certificates"),
    items: fitting.slice(0, MOST).map(({ id, number, title, person, status }) => ({
      id,
      title: number,
      detail: [title, writtenName(person)].filter(Boolean).join(" · "),
      before: <IconFileText size="1.125rem" stroke={1.6} aria-hidden="true" />,
      after: <StatusTag status={status} />,
      onPick: () => onOpen(id),
    })),
  };
}
