import { useTranslation } from "react-i18next";
import type { StaffRow } from "../../generated/StaffRow";
import { useCommand } from "../../host/use-command";
import { AskedAct } from "./AskedAct";

export interface StaffActProps {
  row: StaffRow;
  /** It is the person signed in. */
  self: boolean;
  onDone: (sentence: string) => void;
}

/** Switches a person's sign-in on again at this computer, after asking once. */
export function ReleaseSignIn({ row, self, onDone }: StaffActProps) {
  const { t } = useTranslation();
  const release = useCommand("release_sign_in");
  const done = () => onDone(t("staff.released", { name: row.name }));
  return (
    <AskedAct
      about={t(self ? "staff.off_self" : "staff.off_text")}
      press={self ? null : t("staff.release")}
      title={t("staff.release_title", { name: row.name })}
      question={t("staff.release_text")}
      act={t("staff.release_act")}
      command={release}
      onAct={(refused) => release.mutate({ user: row.id }, { onSuccess: done, onError: refused })}
    />
  );
}
