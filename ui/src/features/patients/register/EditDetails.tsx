import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNote } from "../../../components/RefusalNote";
import { useWindowTitle } from "../../../components/Screen";
import { Skeleton } from "../../../components/Skeleton";
import { TextButton } from "../../../components/TextButton";
import { Workspace } from "../../../components/Workspace";
import { KeptPane } from "../../../forms/KeptPane";
import { taskName } from "../../../forms/task";
import { useAsOpened } from "../../../forms/use-as-opened";
import { useBarred } from "../../../forms/use-barred";
import { keptIn, useLeft, type Left } from "../../../forms/use-left";
import { useRecordForm } from "../../../forms/use-record-form";
import type { Details } from "../../../generated/Details";
import type { Patient } from "../../../generated/Patient";
import type { RecordId } from "../../../generated/RecordId";
import { useMay, useSession } from "../../../host/session";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { Banner } from "../chart/Banner";
import { nameless, storedDetails } from "./changes";
import { Changed } from "./Changed";
import { DetailsForm } from "./DetailsForm";
import { WithdrawPatient } from "./WithdrawPatient";

const DETAILS = { of: "details" } as const;
const WITHDRAWAL = { of: "details", act: "withdraw" } as const;

interface EditDetailsProps {
  patient: RecordId;
  /** What they are in the middle of, in their banner. */
  state?: ReactNode;
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
  const barred = useBarred();
  const scratch = useCommand("keep_scratch");
  const top = banner.data && <Banner banner={banner.data} state={props.state} />;
  const throwAway = async () => {
    await scratch.mutateAsync({ patient, subject: taskName(DETAILS), text: "" });
    await scratch.mutateAsync({ patient, subject: taskName(WITHDRAWAL), text: "" });
    onGone();
  };
  if ((details.error && !seen) || (session && !mayEdit) || barred) {
    const why = details.error ?? (mayEdit && barred ? barred : { code: "not_permitted", fields: {} });
    return (
      <Workspace banner={top}>
        <RefusalNote refused={why} />
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

type FormProps = EditDetailsProps & { seen: Details; left: Left; banner: React.ReactNode };

function Form({ seen, left, banner, withdrawing, onWithdraw, onClose, onGone }: FormProps) {
  const { t } = useTranslation();
  const mayWithdraw = useMay("patient.void");
  const { mutateAsync } = useCommand("edit_patient");
  const { id, disputed } = seen;
  const [conflict, setConflict] = useState(false);
  // Whoever goes on with the withdrawal types there.
  const [first] = useState(withdrawing ? null : "family");
  const form = useRecordForm<Patient>({
    patient: id,
    task: DETAILS,
    begun: { seen: { version: seen.version }, before: seen.details },
    kept: keptIn<Patient>(left, {}),
    onClose,
    stored: storedDetails,
    first,
  });
  const { values, patch } = form;
  const version = form.seen.version ?? seen.version;
  const save = () => {
    const check = () => nameless(t, values);
    if (!form.touched && form.tell(check())) return onClose();
    form.act(() => mutateAsync({ patient: id, version, patch }), {
      check,
      again: (kept) => (kept.conflict ? { seen: { version: kept.version }, before: values } : null),
      done: (kept) => (kept.conflict ? setConflict(true) : onClose()),
    });
  };
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
            form={form}
            onClose={onClose}
            instead={
              mayWithdraw && (
                <TextButton onClick={() => onWithdraw(true)}>{t("patients.by_mistake")}</TextButton>
              )
            }
          >
            {conflict && <p role="alert">{t("patients.saved_conflict_details")}</p>}
            <Changed before={form.before} patch={patch} unread={form.unread} />
          </KeptPane>
        )
      }
    >
      <div {...form.around}>
        <DetailsForm typing={form} disputed={disputed} />
      </div>
    </Workspace>
  );
}
