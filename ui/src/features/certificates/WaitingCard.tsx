import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Card, CardList, CardRow } from "../../components/Card";
import type { RecordId } from "../../generated/RecordId";
import { useMay } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { writtenName } from "../../i18n/written-name";

interface WaitingCardProps {
  onWaiting: () => void;
  onOpen: (certificate: RecordId) => void;
}

/** What certificates ask of the person signed in: those to approve, and their own that came back. No card for none. */
export function WaitingCard({ onWaiting, onOpen }: WaitingCardProps) {
  const { t } = useTranslation();
  const mayPrint = useMay("certificate.print");
  const mayApprove = useMay("certificate.approve");
  const mayDraft = useMay("certificate.draft");
  const ask = (list: "waiting" | "drafts") => ({ list, text: "", before: null });
  const waiting = useQueryOf("certificates", ask("waiting"), { enabled: mayPrint && mayApprove });
  const drafts = useQueryOf("certificates", ask("drafts"), { enabled: mayPrint && mayDraft });
  const count = (waiting.data?.rows ?? []).filter(({ may_issue }) => may_issue).length;
  const back = (drafts.data?.rows ?? []).filter(({ status, mine }) => status === "returned" && mine);
  if (count === 0 && back.length === 0) return null;
  return (
    <Card title={t("place.certificates")} alert>
      <CardList>
        {count > 0 && (
          <CardRow action={<Button onClick={onWaiting}>{t("certificates.today.look")}</Button>}>
            {t("certificates.today.waiting", { count })}
          </CardRow>
        )}
        {back.map(({ id, person, title, reason }) => (
          <CardRow
            key={id}
            small={reason}
            action={<Button onClick={() => onOpen(id)}>{t("certificates.today.mend")}</Button>}
          >
            {t("certificates.today.returned", { title })} <b>{writtenName(person)}</b>
          </CardRow>
        ))}
      </CardList>
    </Card>
  );
}
