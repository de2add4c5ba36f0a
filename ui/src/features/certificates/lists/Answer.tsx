import { useTranslation } from "react-i18next";
import { Tag, type TagKind } from "../../../components/Tag";
import { TextButton } from "../../../components/TextButton";
import type { RecordId } from "../../../generated/RecordId";
import type { Says } from "../../../generated/Says";
import type { OutputOf } from "../../../host/host";
import { useDates } from "../../../i18n/use-dates";
import style from "./Lists.module.css";

type Checked = OutputOf<"verify_certificate">;

/** A tick would be taken for the paper’s: only the file that was issued has one. */
const HOLDS: Record<Checked["shown"], TagKind> = {
  code: "go",
  number: "go",
  same_file: "ok",
  other_file: "warn",
};

interface Props {
  checked: Checked;
  /** The name of the file that it was read from. */
  file: string | null;
  onOpen: (certificate: RecordId) => void;
}

/** What was found of a code or a number, and what the paper must read. */
export function Answer({ checked, file, onOpen }: Props) {
  const { t } = useTranslation();
  const { date } = useDates();
  const { outcome, shown, superseded_by, revocations_as_of, claims, certificate } = checked;
  const holds = outcome === "genuine" || outcome === "expired";
  const told = holds ? shown : outcome;
  const kind = holds ? HOLDS[shown] : outcome === "not_genuine" ? "danger" : "warn";
  const ended = outcome === "revoked" || outcome === "superseded";
  const lead = ended ? "once" : holds && shown === "same_file" ? "reads" : "must_read";
  return (
    <div className={style["outcome"]} data-kind={kind}>
      <p className={style["verdict"]}>
        <Tag kind={kind}>{t(`certificates.verify.${told}.word`)}</Tag>
        {outcome === "expired" && <span>{t("certificates.verify.expired")}</span>}
      </p>
      <p>{t(`certificates.verify.${told}.text`)}</p>
      {superseded_by && <p>{t("certificates.verify.by", { number: superseded_by })}</p>}
      {claims && (
        <>
          <p className={style["lead"]}>{t(`certificates.verify.${lead}`)}</p>
          <MustRead claims={claims} />
          {lead === "must_read" && <p>{t("certificates.verify.differs")}</p>}
        </>
      )}
      {file && <p className={style["small"]}>{t("certificates.verify.of_file", { name: file })}</p>}
      {holds && (
        <p className={style["small"]}>
          {revocations_as_of
            ? t("certificates.verify.as_of", { day: date(revocations_as_of) })
            : t("certificates.verify.never")}
        </p>
      )}
      {certificate && (
        <p>
          <TextButton onClick={() => onOpen(certificate)}>{t("certificates.verify.open")}</TextButton>
        </p>
      )}
    </div>
  );
}

/** Every line that was signed, in the order of the eye on a paper. */
function MustRead({ claims }: { claims: Says }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const day = (value: string | null) => value && date(value);
  const rows = {
    name: claims.name,
    birth_date: day(claims.birth_date),
    identifier: claims.identifier,
    verdict: t(`certificates.verdict.${claims.verdict}`),
    from: day(claims.from),
    until: day(claims.until),
    signer: claims.signer,
    licence: claims.licence,
    number: claims.number,
    issued: date(claims.issued_at.slice(0, 10)),
    kind: claims.kind,
    issuer: claims.issuer,
  };
  return (
    <dl className={style["says"]}>
      {Object.entries(rows).map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{t(`certificates.verify.says.${name as keyof typeof rows}`)}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
