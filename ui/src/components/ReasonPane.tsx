import type { ReactNode, RefObject } from "react";
import { useTranslation } from "react-i18next";
import { TextArea } from "./fields";
import { KeptPane, type KeptPaneProps } from "./KeptPane";

interface ReasonPaneProps extends Omit<KeptPaneProps, "form" | "instead"> {
  /** The reason while it is typed. */
  reason: KeptPaneProps["form"] & {
    text: string;
    set: (text: string) => void;
    /** It was asked for and is not there. */
    missing: boolean;
  };
  /** Holds the fields. */
  fields: RefObject<HTMLDivElement | null>;
  /** What is to be chosen before it. */
  choice?: ReactNode;
}

/** Asks in the task pane for the reason of an act, and keeps it while it is typed. */
export function ReasonPane({ reason, fields, choice, children, ...pane }: ReasonPaneProps) {
  const { t } = useTranslation();
  return (
    <KeptPane {...pane} form={reason}>
      {children}
      <div ref={fields} style={{ display: "contents" }}>
        {choice}
        <TextArea
          label={t("reason.wrong")}
          name="reason"
          value={reason.text}
          onChange={reason.set}
          error={reason.missing ? t("reason.required") : null}
          readOnly={reason.busy}
          required
        />
      </div>
    </KeptPane>
  );
}
