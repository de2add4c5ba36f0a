import { useState } from "react";
import { useTranslation } from "react-i18next";
import { hush, tell } from "../../../components/tell";
import { asRefused, type Refused } from "../../../host/host";
import { useHost } from "../../../host/HostProvider";
import { useCommand } from "../../../host/use-command";
import type { View } from "../types";

/** The way of a certificate’s file out of the records. */
export interface Copying {
  save: () => void;
  busy: boolean;
  refused: Refused | null;
}

/** Keeps a copy of the PDF that was issued where the person chooses, in the system’s own dialog. */
export function useCopy({ id, number }: View): Copying {
  const { t } = useTranslation();
  const host = useHost();
  const { mutateAsync } = useCommand("save_certificate");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const choose = async () => {
    // The number names nobody, and neither does the file.
    const place = await host.choosePlace(`${number}.pdf`);
    if (place === null) return;
    const { name } = await mutateAsync({ certificate: id, place });
    tell(t("certificates.copied", { name }));
  };
  const save = () => {
    if (busy) return;
    setBusy(true);
    setRefused(null);
    hush();
    void choose()
      .catch((reason: unknown) => setRefused(asRefused(reason)))
      .finally(() => setBusy(false));
  };
  return { save, busy, refused };
}
