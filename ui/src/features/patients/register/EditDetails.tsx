import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../../components/Button";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { useWindowTitle } from "../../../components/Screen";
import { Skeleton } from "../../../components/Skeleton";
import { Workspace } from "../../../components/Workspace";
import type { Details } from "../../../generated/Details";
import type { RecordId } from "../../../generated/RecordId";
import { useMay, useSession } from "../../../host/session";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { Banner } from "../chart/Banner";
import { changes } from "./changes";
import { Changed } from "./Changed";
import { DetailsForm } from "./DetailsForm";
import { focusField } from "./focus-field";
import { useDetails } from "./use-details";

interface EditDetailsProps {
  patient: RecordId;
  /** Goes back to the chart. */
  onClose: () => void;
}

/** Changes a person's details: the same form as at registration, and at the right what will be changed. */
export function EditDetails({ patient, onClose }: EditDetailsProps) {
  const { t } = useTranslation();
  useWindowTitle(t("patients.details"));
  const banner = useQueryOf("banner", { patient });
  const details = useQueryOf("patient", { patient });
  const session = useSession();
  const mayEdit = useMay("patient.edit");
  const top = banner.data && <Banner banner={banner.data} />;
  if (details.error || (session && !mayEdit)) {
    return (
      <Workspace banner={top}>
        <RefusalNote refused={details.error ?? { code: "not_permitted", fields: {} }} />
      </Workspace>
    );
  }
  if (!details.data) {
    return (
      <Workspace banner={top}>
        <Skeleton lines={10} />
      </Workspace>
    );
  }
  return <Form seen={details.data} banner={top} onClose={onClose} />;
}

interface FormProps {
  seen: Details;
  banner: React.ReactNode;
  onClose: () => void;
}

function Form({ seen, banner, onClose }: FormProps) {
  const { t } = useTranslation();
  // What was seen when the form was opened: an edit that came meanwhile must not pass for seen.
  const [{ id, version, details: before, disputed }, setSeen] = useState(seen);
  const typing = useDetails(before);
  const edit = useCommand("edit_patient");
  const [conflict, setConflict] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => focusField(form.current, "family"), []);
  const patch = changes(before, typing.details);
  const save = () => {
    const wrong = typing.check();
    if (wrong) return focusField(form.current, wrong);
    if (Object.keys(patch).length === 0) return onClose();
    edit.mutate(
      { patient: id, version, patch },
      {
        onSuccess: (kept) => {
          if (!kept.conflict) return onClose();
          setConflict(true);
          setSeen({ id, version: kept.version, details: typing.details, disputed });
        },
        onError: (refusal) => focusField(form.current, typing.refuse(refusal)),
      },
    );
  };
  const atField = Object.keys(typing.errors).length > 0;
  return (
    <Workspace
      banner={banner}
      pane={
        <Pane
          title={t("patients.changes")}
          onClose={onClose}
          status=""
          action={
            <PrimaryButton shortcut="mod+Enter" onClick={save} loading={edit.isPending}>
              {t("patients.save")}
            </PrimaryButton>
          }
        >
          {edit.error && !atField && <RefusalNote refused={edit.error} />}
          {conflict && <p role="alert">{t("patients.saved_conflict_details")}</p>}
          <Changed before={before} patch={patch} />
        </Pane>
      }
    >
      <div ref={form}>
        <DetailsForm typing={typing} disputed={disputed} />
      </div>
    </Workspace>
  );
}
