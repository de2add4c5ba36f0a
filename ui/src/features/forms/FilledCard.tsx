import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Card } from "../../components/Card";
import { RefusalNote } from "../../components/RefusalNote";
import { Skeleton } from "../../components/Skeleton";
import { TextButton } from "../../components/TextButton";
import type { AddendumRow } from "../../generated/AddendumRow";
import type { Answer } from "../../generated/Answer";
import type { FilledRow } from "../../generated/FilledRow";
import type { FilledView } from "../../generated/FilledView";
import type { RecordId } from "../../generated/RecordId";
import type { Spec } from "../../generated/Spec";
import { useZone } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { useWhenIn } from "../../i18n/use-when";
import { Additions } from "../../records/Additions";
import { FormPaper } from "./FormPaper";
import { FilledTable } from "./FilledTable";
import { placeWords } from "./PlaceBox";
import { PICTURES } from "./pictures";
import { placeOf } from "./remarks";
import { answersSaid, pathSaid, useSaid, wholeSaid } from "./say";
import type { Answers } from "./values";
import style from "./forms.module.css";

interface FilledCardProps {
  patient: RecordId;
  row: FilledRow;
  /** Goes on with it, where it is open and one may. */
  onGoOn?: () => void;
  onWithdraw?: () => void;
  /** Prescribes what was found in it. */
  onPrescribe?: () => void;
  /** Adds to it, where it is signed and one may. */
  onAmend?: () => void;
  /** Withdraws what was added. */
  onRetract?: (addendum: RecordId) => void;
}

/** A form as it was filled in: what was measured, by whom, and what there is to say about it. */
export function FilledCard(props: FilledCardProps) {
  const { patient, row, onGoOn, onWithdraw, onPrescribe, onAmend, onRetract } = props;
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
  const back = Object.keys(view?.handed_back ?? {});
  const late = (view?.late ?? [])
    .filter(({ field }) => !back.includes(field.split("/")[1] ?? ""))
    .map(({ field }) => {
      const place = spec && placeOf(spec, field.split("/")[1] ?? "");
      return place ? placeWords(t, said, { ...place, part: null }) : field;
    });
  const Picture = spec && PICTURES[spec.code];
  const state = view?.signed_at ? t("forms.tab.signed", { name: view.signed_by ?? "" }) : t("forms.tab.open");
  return (
    <Card
      title={said(row.title)}
      status={[when(row.at), row.author, view && state, row.amended && t("forms.tab.amended")]
        .filter(Boolean)
        .join(" · ")}
      alert={row.disputed}
      action={
        <Acts>
          {onPrescribe && <TextButton onClick={onPrescribe}>{t("forms.tab.prescribe")}</TextButton>}
          {onGoOn && <TextButton onClick={onGoOn}>{t("forms.tab.go_on")}</TextButton>}
          {view?.known && <FormPaper patient={patient} form={row.form} filled={row.id} />}
          {onAmend && view?.known && <TextButton onClick={onAmend}>{t("forms.amend.act")}</TextButton>}
          {onWithdraw && <TextButton onClick={onWithdraw}>{t("forms.tab.withdraw")}</TextButton>}
        </Acts>
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
          {view.addenda.length > 0 && (
            <div className={style["additions"]}>
              <Additions
                addenda={view.addenda}
                also={(each) => <Later spec={spec} view={view} addendum={each} />}
                onWithdraw={onRetract && (({ id }) => onRetract(id))}
              />
            </div>
          )}
          {Object.keys(view.handed_back).length > 0 && (
            <p className={style["note"]}>
              {t("forms.amend.handed_back", {
                what: answersSaid(t, said, spec, view.handed_back as Answers),
              })}{" "}
              {onAmend && <TextButton onClick={onAmend}>{t("forms.amend.take")}</TextButton>}
            </p>
          )}
        </>
      )}
      {late.length > 0 && <p className={style["note"]}>{t("forms.tab.late", { what: late.join("; ") })}</p>}
      {row.disputed && <p className={style["note"]}>{t("forms.tab.disputed")}</p>}
      {view?.shortened && <p className={style["note"]}>{t("forms.tab.shortened")}</p>}
    </Card>
  );
}

/** What an addition says of the form, each answer beside the one that was signed. */
function Later({ spec, view, addendum }: { spec: Spec; view: FilledView; addendum: AddendumRow }) {
  const { t } = useTranslation();
  const said = useSaid();
  const answers = Object.entries((addendum.answers ?? {}) as Answers);
  if (answers.length === 0) return null;
  return (
    <ul className={style["later"]}>
      {answers.map(([path, answer]) => {
        const item = placeOf(spec, path)?.item;
        const words = (each: Answer | undefined) => (item ? wholeSaid(t, said, item, each) : "");
        const [what, to] = [pathSaid(t, said, spec, path), words(answer)];
        const from = words((view.answers as Answers)[path]);
        return (
          <li key={path}>
            {from ? t("forms.amend.from_to", { what, from, to }) : t("forms.amend.new", { what, to })}
          </li>
        );
      })}
    </ul>
  );
}
