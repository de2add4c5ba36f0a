import { useTranslation } from "react-i18next";
import { Card } from "../../components/Card";
import { RefusalNote } from "../../components/RefusalNote";
import { Skeleton } from "../../components/Skeleton";
import { TextButton } from "../../components/TextButton";
import type { FilledRow } from "../../generated/FilledRow";
import type { RecordId } from "../../generated/RecordId";
import { useZone } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { useWhenIn } from "../../i18n/use-when";
import { FormPaper } from "./FormPaper";
import { FilledTable } from "./FilledTable";
import { placeWords } from "./PlaceBox";
import { PICTURES } from "./pictures";
import { placeOf } from "./remarks";
import { useSaid } from "./say";
import style from "./forms.module.css";

interface FilledCardProps {
  patient: RecordId;
  row: FilledRow;
  /** Goes on with it, where it is open and one may. */
  onGoOn?: () => void;
  onWithdraw?: () => void;
  /** Prescribes what was found in it. */
  onPrescribe?: () => void;
}

/** A form as it was filled in: what was measured, by whom, and what there is to say about it. */
export function FilledCard({ patient, row, onGoOn, onWithdraw, onPrescribe }: FilledCardProps) {
  const { t } = useTranslation();
  const said = useSaid();
  const when = useWhenIn(useZone());
  const filled = useQueryOf("filled", { filled: row.id });
  const asks = useQueryOf(
    "form",
    { form: row.form, patient, visit: row.visit },
    { enabled: filled.data?.known === true },
  );
  const view = filled.data;
  const error = filled.error ?? asks.error;
  const spec = asks.data?.spec;
  // `answers/iop:R:k1/v` names the answer `iop:R:k1`.
  const late = (view?.late ?? []).map(({ field }) => {
    const place = spec && placeOf(spec, field.split("/")[1] ?? "");
    return place ? placeWords(t, said, { ...place, part: null }) : field;
  });
  const Picture = spec && PICTURES[spec.code];
  const state = view?.signed_at ? t("forms.tab.signed", { name: view.signed_by ?? "" }) : t("forms.tab.open");
  return (
    <Card
      title={said(row.title)}
      status={[when(row.at), row.author, view && state].filter(Boolean).join(" · ")}
      alert={row.disputed}
      action={
        <span className={style["acts"]}>
          {onPrescribe && <TextButton onClick={onPrescribe}>{t("forms.tab.prescribe")}</TextButton>}
          {onGoOn && <TextButton onClick={onGoOn}>{t("forms.tab.go_on")}</TextButton>}
          {view?.known && <FormPaper patient={patient} form={row.form} filled={row.id} />}
          {onWithdraw && <TextButton onClick={onWithdraw}>{t("forms.tab.withdraw")}</TextButton>}
        </span>
      }
    >
      {error && <RefusalNote refused={error} />}
      {!error && (!view || (view.known && !spec)) && <Skeleton lines={3} />}
      {view && !view.known && (
        <p className={style["note"]}>
          {view.line}
          <br />
          {t("forms.tab.unknown")}
        </p>
      )}
      {view && spec && (
        <>
          {Picture && <Picture view={view} />}
          <FilledTable spec={spec} view={view} />
        </>
      )}
      {late.length > 0 && <p className={style["note"]}>{t("forms.tab.late", { what: late.join("; ") })}</p>}
      {row.disputed && <p className={style["note"]}>{t("forms.tab.disputed")}</p>}
      {view?.shortened && <p className={style["note"]}>{t("forms.tab.shortened")}</p>}
    </Card>
  );
}
