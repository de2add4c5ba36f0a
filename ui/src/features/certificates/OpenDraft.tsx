import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNote } from "../../components/RefusalNote";
import { Skeleton } from "../../components/Skeleton";
import { Workspace } from "../../components/Workspace";
import { useQueryOf } from "../../host/use-command";
import { keptIn, useLeft } from "../../forms/use-left";
import { DraftForm, type DraftFormProps } from "./form/DraftForm";
import { valuesOf } from "./form/values";
import { WaitingPane } from "./open/ReadPane";
import { StepsGone } from "./open/StepsGone";
import style from "./open/Open.module.css";

type OpenDraftProps = Omit<DraftFormProps, "offered" | "today" | "kept" | "above">;

/** A draft that may still be changed, with the typing that was left in it. */
export function OpenDraft(props: OpenDraftProps) {
  const { view, banner, onClose } = props;
  const { t } = useTranslation();
  const templates = useQueryOf("templates", {});
  const today = useQueryOf("status", {}).data?.today;
  const left = useLeft(view.patient, { of: "certificate", act: "edit", certificate: view.id });
  const offered = templates.data?.rows.filter(
    ({ id, details }) => details.active !== false || id === view.details.template,
  );
  if (!offered || !today || !left) {
    return (
      <Waiting banner={banner} onClose={onClose}>
        {templates.error ? <RefusalNote refused={templates.error} /> : <Skeleton lines={8} />}
      </Waiting>
    );
  }
  const returned = view.status === "returned" && (
    <div className={style["said"]}>
      {t("certificates.why_returned")}
      <p>{view.details.status_reason}</p>
    </div>
  );
  const above = (
    <>
      {returned}
      <StepsGone view={view} />
    </>
  );
  return (
    <DraftForm {...props} offered={offered} today={today} kept={keptIn(left, valuesOf({}))} above={above} />
  );
}

/** A draft before its form can be drawn. */
export function Waiting(props: { banner: ReactNode; onClose: () => void; children: ReactNode }) {
  return (
    <Workspace
      flush
      banner={props.banner}
      pane={<WaitingPane onClose={props.onClose}>{props.children}</WaitingPane>}
    >
      {null}
    </Workspace>
  );
}
