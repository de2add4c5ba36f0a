import { useTranslation } from "react-i18next";
import { Pane } from "../../../components/Pane";
import type { TaskProps } from "../../../records/parts";
import { AllergyList } from "./AllergyList";

/** The list that the banner's allergies open, from any screen about a person. */
export function AllergyTask({ patient, onTask }: TaskProps<"allergies">) {
  const { t } = useTranslation();
  return (
    <Pane title={t("patients.all_allergies")} onClose={() => onTask(null)}>
      <AllergyList patient={patient} onTask={onTask} adds />
    </Pane>
  );
}
