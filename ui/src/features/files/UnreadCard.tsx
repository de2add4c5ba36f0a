import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Card, CardList, CardRow } from "../../components/Card";
import type { RecordId } from "../../generated/RecordId";
import { useMay, useZone } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { useWhenIn } from "../../i18n/use-when";
import { writtenName } from "../../i18n/written-name";
import { choiceWord } from "../../records/words";

interface UnreadCardProps {
  onOpen: (patient: RecordId, file: RecordId) => void;
}

/** So many stand on Today; the others come up as these are read. */
const SHOWN = 6;

/** Results that nobody has read, for who may say that they have; the one that waits longest first. No card for none. */
export function UnreadCard({ onOpen }: UnreadCardProps) {
  const { t } = useTranslation();
  const when = useWhenIn(useZone());
  const maySign = useMay("note.sign");
  const mayRead = useMay("chart.read");
  const unread = useQueryOf("unread_files", { after: null }, { enabled: maySign && mayRead });
  const rows = unread.data?.rows.slice(0, SHOWN) ?? [];
  const more = (unread.data?.count ?? 0) - rows.length;
  if (rows.length === 0) return null;
  return (
    <Card title={t("files.unread.title")} alert>
      <CardList>
        {rows.map(({ id, person, title, sort, filed, author }) => (
          <CardRow
            key={id}
            small={[sort && choiceWord(t, "attachment", "sort", sort), when(filed), author]
              .filter(Boolean)
              .join(" · ")}
            action={<Button onClick={() => onOpen(person.id, id)}>{t("files.open")}</Button>}
          >
            {title ?? t("files.untitled")} <b>{writtenName(person)}</b>
          </CardRow>
        ))}
        {more > 0 && <CardRow>{t("files.unread.more", { count: more })}</CardRow>}
      </CardList>
    </Card>
  );
}
