import { useTranslation } from "react-i18next";
import { useCommand } from "../../../host/use-command";
import { useCopying, type Copying } from "../../../records/use-copying";
import type { View } from "../types";

/** Keeps a copy of the PDF that was issued. The number names nobody, and neither does the file. */
export function useCopy({ id, number }: View): Copying {
  const { t } = useTranslation();
  const { mutateAsync } = useCommand("save_certificate");
  return useCopying(`${number}.pdf`, async (place) => {
    const { name } = await mutateAsync({ certificate: id, place });
    return t("certificates.copied", { name });
  });
}
