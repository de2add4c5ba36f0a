import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { KeptPane } from "../../../components/KeptPane";
import { RefusalNote } from "../../../components/RefusalNote";
import { useWindowTitle } from "../../../components/Screen";
import { Skeleton } from "../../../components/Skeleton";
import { TextButton } from "../../../components/TextButton";
import { Workspace } from "../../../components/Workspace";
import type { Details } from "../../../generated/Details";
import type { RecordId } from "../../../generated/RecordId";
import { useMay, useSession, useZone } from "../../../host/session";
import { useAsOpened } from "../../../host/use-as-opened";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { useKeptForm } from "../../../host/use-kept-form";
import { useLeft, type Left } from "../../../host/use-left";
import { anyUnread } from "../../../i18n/unread-dates";
import type { Kept } from "../../../generated/Kept";
import type { Refused } from "../../../host/host";
import { Banner } from "../chart/Banner";
import { changes } from "./changes";
import { Changed } from "./Changed";
import { DetailsForm } from "./DetailsForm";
import { focusField } from "./focus-field";
import { DETAILS, draftText, keptDraft, WITHDRAWAL } from "./draft";
import { useDetails } from "./use-details";
import { WithdrawPatient } from "./WithdrawPatient";

interface EditDetailsProps {
  patient: RecordId;
  /** Their registration is being withdrawn. */
  withdrawing: boolean;
  /** Goes on to the withdrawal, or back from it. */
  onWithdraw: (on: boolean) => void;
  /** Goes back to the chart. */
  onClose: () => void;
  /** Their registration was withdrawn. */
  onGone: () => void;
}

/** Changes a person's details: the same form as at registration, and at the right what will be changed. */
export function EditDetails(props: EditDetailsProps) {
  const { patient, onGone } = props;
  const { t } = useTranslation();
  useWindowTitle(t("patients.details"));
  const banner = useQueryOf("banner", { patient });
  const details = useQueryOf("patient", { patient });
  const seen = useAsOpened(patient, details.data ?? null);
  const left = useLeft(patient, DETAILS);
  const reason = useLeft(patient, WITHDRAWAL);
  const session = useSession();
  const mayEdit = useMay("patient.edit");
  const scratch = useCommand("keep_scratch");
  const top = banner.data && <Banner banner={banner.data} />;
  const throwAway = async () => {
    await scratch.mutateAsync({ patient, subject: DETAILS, text: "" });
    await scratch.mutateAsync({ patient, subject: WITHDRAWAL, text: "" });
    onGone();
  };
  if ((details.error && !seen) || (session && !mayEdit)) {
    return (
      <Workspace banner={top}>
        <RefusalNote refused={details.error ?? { code: "not_permitted", fields: {} }} />
        {details.error && (left?.row ?? reason?.row) && (
          <div>
            <TextButton onClick={() => void throwAway().catch(() => undefined)}>
              {t("saved.throw_away")}
            </TextButton>
          </div>
        )}
      </Workspace>
    );
  }
  if (!seen || !left) {
    return (
      <Workspace banner={top}>
        <Skeleton lines={10} />
      </Workspace>
    );
  }
  return <Form {...props} seen={seen} left={left} banner={top} />;
}

interface FormProps extends EditDetailsProps {
  seen: Details;
  left: Left;
  banner: React.ReactNode;
}

function Form({ seen, left, banner, withdrawing, onWithdraw, onClose, onGone }: FormProps) {
  const { t } = useTranslation();
  const mayWithdraw = useMay("patient.void");
  const zone = useZone();
  const [draft] = useState(() => keptDraft(left.row));
  // What was seen when the form was opened: an edit that came meanwhile must not pass for seen.
  const [{ id, version, details: before, disputed }, setSeen] = useState({
    ...seen,
    version: draft?.version ?? seen.version,
    details: draft?.before ?? seen.details,
  });
  const edit = useCommand("edit_patient");
  const typing = useDetails(draft?.values ?? before, draft?.unread ?? {}, edit.isPending);
  const [conflict, setConflict] = useState(false);
  const patch = changes(before, typing.details);
  const touched = Object.keys(patch).length > 0 || anyUnread(typing.unread);
  const text = draftText({ version, before, values: typing.details, unread: typing.unread });
  const fields = useRef<HTMLDivElement>(null);
  const form = useKeptForm({
    fields,
    patient: id,
    subject: DETAILS,
    text,
    touched,
    left: draft && left.row ? left.row.at : null,
    busy: edit.isPending,
    onClose,
    ownFocus: true,
  });
  // Whoever goes on with the withdrawal types there.
  const [elsewhere] = useState(withdrawing);
  useEffect(() => {
    if (!elsewhere) focusField(fields.current, "family");
  }, [elsewhere]);
  const save = () => {
    if (edit.isPending) return;
    const wrong = typing.check();
    if (wrong) return focusField(fields.current, wrong);
    if (!touched) return onClose();
    const written = (kept: Kept) => {
      if (kept.conflict && fields.current) {
        setConflict(true);
        return setSeen({ id, version: kept.version, details: typing.details, disputed });
      }
      form.forget();
      // Whoever left before the answer is not called back.
      if (fields.current) onClose();
    };
    const refused = (refusal: Refused) => focusField(fields.current, typing.refuse(refusal));
    form.until(edit.mutateAsync({ patient: id, version, patch }).then(written, refused));
  };
  const atField = Object.keys(typing.errors).length > 0;
  return (
    <Workspace
      banner={banner}
      pane={
        withdrawing && mayWithdraw ? (
          <WithdrawPatient patient={id} version={version} onClose={() => onWithdraw(false)} onGone={onGone} />
        ) : (
          <KeptPane
            title={t("patients.changes")}
            act={t("patients.save")}
            onAct={save}
            refused={atField ? null : edit.error}
            form={form}
            zone={zone}
            onClose={onClose}
            instead={
              mayWithdraw && (
                <TextButton onClick={() => onWithdraw(true)}>{t("patients.by_mistake")}</TextButton>
              )
            }
          >
            {conflict && <p role="alert">{t("patients.saved_conflict_details")}</p>}
            <Changed before={before} patch={patch} unread={typing.unread} />
          </KeptPane>
        )
      }
    >
      <div ref={fields}>
        <DetailsForm typing={typing} disputed={disputed} />
      </div>
    </Workspace>
  );
}
