import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { RefusalNote } from "../../components/RefusalNote";
import type { StaffRow } from "../../generated/StaffRow";
import { useCommand } from "../../host/use-command";
import style from "./Staff.module.css";

interface ReleaseSignInProps {
  row: StaffRow;
  /** It is the person signed in. */
  self: boolean;
  onDone: (sentence: string) => void;
}

/** Switches a person's sign-in on again at this computer, after asking once. */
export function ReleaseSignIn({ row, self, onDone }: ReleaseSignInProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const release = useCommand("release_sign_in");
  const act = () => {
    const after = {
      onSuccess: () => onDone(t("staff.released", { name: row.name })),
      onError: () => setAsking(false),
    };
    release.mutate({ user: row.id }, after);
  };
  return (
    <div className={style["end"]}>
      {release.error && <RefusalNote refused={release.error} />}
      <p>{t(self ? "staff.off_self" : "staff.off_text")}</p>
      {!self && <Button onClick={() => setAsking(true)}>{t("staff.release")}</Button>}
      <ConfirmDialog
        opened={asking}
        title={t("staff.release_title", { name: row.name })}
        act={t("staff.release_act")}
        onAct={act}
        onClose={() => setAsking(false)}
        busy={release.isPending}
      >
        {t("staff.release_text")}
      </ConfirmDialog>
    </div>
  );
}
