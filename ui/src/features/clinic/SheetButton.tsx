import { useState } from "react";
import { useTranslation } from "react-i18next";
import { tell } from "../../components/tell";
import { TextButton } from "../../components/TextButton";
import { useMay } from "../../host/session";
import { SheetDialog } from "./SheetDialog";

/** The way to the recovery papers, for administrators. */
export function SheetButton() {
  const { t } = useTranslation();
  const may = useMay("clinic.edit");
  const [opened, setOpened] = useState(false);
  const done = () => {
    setOpened(false);
    tell(t("papers.done"));
  };
  if (!may) return null;
  return (
    <>
      <TextButton onClick={() => setOpened(true)}>{t("papers.open")}</TextButton>
      {opened && <SheetDialog onClose={() => setOpened(false)} onDone={done} />}
    </>
  );
}
