import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../../components/Button";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { Restored } from "../../../components/Restored";
import { useWindowTitle } from "../../../components/Screen";
import { Skeleton } from "../../../components/Skeleton";
import { TextButton } from "../../../components/TextButton";
import { Workspace } from "../../../components/Workspace";
import type { Details } from "../../../generated/Details";
import type { RecordId } from "../../../generated/RecordId";
import { useMay, useSession } from "../../../host/session";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { useLeft, type Left } from "../../../host/use-left";
import { useScratch } from "../../../host/use-scratch";
import { anyUnread } from "../../../i18n/unread-dates";
import type { Kept } from "../../../generated/Kept";
import type { Refused } from "../../../host/host";
import { Banner } from "../chart/Banner";
import { changes } from "./changes";
import { Changed } from "./Changed";
import { DetailsForm } from "./DetailsForm";
import { focusField } from "./focus-field";
import { useWhen } from "../now";
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
  if (details.error || (session && !mayEdit)) {
    return (
      <Workspace banner={top}>
        <RefusalNote refused={details.error ?? { code: "not_permitted", fields: {} }} />
        {details.error && (left?.row ?? reason?.row) && (
          <div>
            <TextButton onClick={() => void throwAway().catch(() => undefined)}>
              {t("patients.throw_away")}
            </TextButton>
          </div>
        )}
      </Workspace>
    );
  }
  if (!details.data || !left) {
    return (
      <Workspace banner={top}>
        <Skeleton lines={10} />
      </Workspace>
    );
  }
  return <Form {...props} seen={details.data} left={left} banner={top} />;
}

interface FormProps extends EditDetailsProps {
  seen: Details;
  left: Left;
  banner: React.ReactNode;
}

function Form({ seen, left, banner, withdrawing, onWithdraw, onClose, onGone }: FormProps) {
  const { t } = useTranslation();
  const mayWithdraw = useMay("patient.void");
  const when = useWhen();
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
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => focusField(form.current, "family"), []);
  const patch = changes(before, typing.details);
  const touched = Object.keys(patch).length > 0 || anyUnread(typing.unread);
  const text = draftText({ version, before, values: typing.details, unread: typing.unread });
  const scratch = useScratch(id, DETAILS, text, touched, draft !== null, edit.isPending);
  const save = () => {
    if (edit.isPending) return;
    const wrong = typing.check();
    if (wrong) return focusField(form.current, wrong);
    if (!touched) return onClose();
    const written = (kept: Kept) => {
      if (kept.conflict && form.current) {
        setConflict(true);
        return setSeen({ id, version: kept.version, details: typing.details, disputed });
      }
      scratch.forget();
      // Whoever left before the answer is not called back.
      if (form.current) onClose();
    };
    const refused = (refusal: Refused) => focusField(form.current, typing.refuse(refusal));
    scratch.until(edit.mutateAsync({ patient: id, version, patch }).then(written, refused));
  };
  const throwAway = () => {
    scratch.forget();
    onClose();
  };
  const atField = Object.keys(typing.errors).length > 0;
  return (
    <Workspace
      banner={banner}
      pane={
        withdrawing && mayWithdraw ? (
          <WithdrawPatient patient={id} version={version} onClose={() => onWithdraw(false)} onGone={onGone} />
        ) : (
          <Pane
            title={t("patients.changes")}
            onClose={onClose}
            status={scratch.keptAt && t("saved.here", { time: scratch.keptAt })}
            action={
              <PrimaryButton shortcut="mod+Enter" onClick={save} loading={edit.isPending}>
                {t("patients.save")}
              </PrimaryButton>
            }
          >
            {edit.error && !atField && <RefusalNote refused={edit.error} />}
            {conflict && <p role="alert">{t("patients.saved_conflict_details")}</p>}
            {left.row && draft && touched && (
              <Restored>
                {t("patients.restored", { when: when(new Date(left.row.at).toISOString()) })}
              </Restored>
            )}
            <Changed before={before} patch={patch} />
            {touched && !edit.isPending && (
              <div>
                <TextButton onClick={throwAway}>{t("patients.throw_away")}</TextButton>
              </div>
            )}
            {mayWithdraw && !touched && (
              <div>
                <TextButton onClick={() => onWithdraw(true)}>{t("patients.by_mistake")}</TextButton>
              </div>
            )}
          </Pane>
        )
      }
    >
      <div ref={form}>
        <DetailsForm typing={typing} disputed={disputed} />
      </div>
    </Workspace>
  );
}
