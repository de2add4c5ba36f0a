import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../../../components/fields";
import { Beside } from "../../../components/Pane";
import { Segmented } from "../../../components/Segmented";
import type { Verdict } from "../../../generated/Verdict";
import { At } from "./At";
import { SENT_TO, verdictOf } from "./values";
import { typed, type Form } from "./use-form";

interface SlipFieldsProps {
  form: Form;
  /** The verdicts that its template can give. */
  verdicts: readonly Verdict[];
  printed: ReactNode;
}

/** What only a slip says: when somebody came and left, where they go and with whom. */
export function SlipFields({ form, verdicts, printed }: SlipFieldsProps) {
  const { t } = useTranslation();
  const { values, set, errors } = form;
  const text = (name: "came_at" | "left_at" | "sent_with") => ({
    ...typed(t, form, name),
    mark: printed,
    autoComplete: "off",
  });
  return (
    <>
      <At name="sent_to">
        <Segmented
          label={t("certificates.field.sent_to")}
          mark={printed}
          value={values.sent_to}
          onChange={(sent_to) => {
            const verdict = verdictOf(sent_to);
            set(verdicts.includes(verdict) ? { sent_to, verdict } : { sent_to });
          }}
          options={SENT_TO.map((value) => ({ value, label: t(`certificates.sent_to.${value}`) }))}
          error={errors["sent_to"]}
        />
      </At>
      <Beside>
        <At name="came_at">
          <TextField {...text("came_at")} />
        </At>
        <At name="left_at">
          <TextField {...text("left_at")} />
        </At>
      </Beside>
      <At name="sent_with">
        <TextField {...text("sent_with")} />
      </At>
    </>
  );
}
