import { useTranslation } from "react-i18next";
import { TypedBefore } from "../../../components/Restored";
import { TextButton } from "../../../components/TextButton";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { taskName } from "../../../forms/task";
import type { View } from "../types";
import { mayStep, STEPS, stepTask } from "./step";

/** The reasons that were typed for steps which this person cannot take any more, to be read and thrown away. */
export function StepsGone({ view }: { view: View }) {
  const { t } = useTranslation();
  const rows = useQueryOf("scratches", {}).data?.rows ?? [];
  const scratch = useCommand("keep_scratch");
  const subjects = STEPS.filter((step) => !mayStep(view, step)).map((step) =>
    taskName(stepTask(step, view.id)),
  );
  return rows
    .filter(({ subject }) => subjects.includes(subject))
    .map(({ patient, subject, text }) => (
      <TypedBefore key={subject}>
        {t("certificates.step_gone", { reason: text })}{" "}
        <TextButton onClick={() => scratch.mutate({ patient, subject, text: "" })}>
          {t("saved.throw_away")}
        </TextButton>
      </TypedBefore>
    ));
}
