import { useTranslation } from "react-i18next";
import { useCommand } from "../../../host/use-command";
import { useSaving, type Saving } from "../../../records/use-saving";
import type { View } from "../types";

/** Keeps a copy of the PDF that was issued where the person chooses. */
export function useCopy({ id, number }: View): Saving {
  const { t } = useTranslation();
  const { mutateAsync } = useCommand("save_certificate");
  return useSaving(`${number}.pdf`, async (place) => {
    const { name } = await mutateAsync({ certificate: id, place });
    return t("certificates.copied", { name });
  });
}
