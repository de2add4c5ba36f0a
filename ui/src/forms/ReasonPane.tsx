import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { TextArea } from "../components/fields";
import { KeptPane, type KeptPaneProps } from "./KeptPane";
import type { Reason } from "./use-reason";

interface ReasonPaneProps extends Pick<KeptPaneProps, "title" | "onAct" | "onClose" | "children"> {
  act: string;
  form: Reason;
  /** What is to be chosen before it. */
  choice?: ReactNode;
}

/** Asks in the task pane for the reason of an act, and keeps it while it is typed. */
export function ReasonPane({ choice, children, ...pane }: ReasonPaneProps) {
  const { t } = useTranslation();
  const { form } = pane;
  return (
    <KeptPane {...pane}>
      {children}
      <div {...form.around} style={{ display: "contents" }}>
        {choice}
        <TextArea label={t("reason.wrong")} {...form.text("reason")} required />
      </div>
    </KeptPane>
  );
}
