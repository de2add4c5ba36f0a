import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Tabs } from "../../components/Tabs";
import { Outcome } from "./outcome/Outcome";
import { RoomForms, type RoomFormsProps } from "./RoomForms";
import style from "./forms.module.css";

/** The eyes: what was found, and what treatments did. */
export function EyeTab(props: Omit<RoomFormsProps, "room">) {
  const { t } = useTranslation();
  const [view, setView] = useState<"findings" | "outcome">("findings");
  return (
    <div className={style["tab"]}>
      <Tabs
        label={t("outcome.view")}
        value={view}
        tabs={[
          { value: "findings", label: t("outcome.findings") },
          { value: "outcome", label: t("outcome.tab") },
        ]}
        onChange={setView}
        controls="eye-view"
      />
      <div id="eye-view" role="tabpanel" aria-labelledby={`eye-view-${view}`}>
        {view === "findings" ? <RoomForms {...props} room="eye" /> : <Outcome patient={props.patient} />}
      </div>
    </div>
  );
}
