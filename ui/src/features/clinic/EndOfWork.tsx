import { useTranslation } from "react-i18next";
import { useCommand } from "../../host/use-command";
import { AskedAct } from "./AskedAct";
import type { StaffActProps } from "./ReleaseSignIn";

/** Ends a person's work here, after asking once. */
export function EndOfWork({ row, self, onDone }: StaffActProps) {
  const { t } = useTranslation();
  const end = useCommand("deactivate_user");
  const done = () => onDone(t("staff.ended", { name: row.name }));
  return (
    <AskedAct
      about={self && t("staff.self")}
      press={self ? null : t("staff.deactivate")}
      title={t("staff.deactivate_title", { name: row.name })}
      question={t("staff.deactivate_text")}
      act={t("staff.deactivate_act")}
      command={end}
      onAct={(refused) =>
        end.mutate({ user: row.id, version: row.version }, { onSuccess: done, onError: refused })
      }
    />
  );
}
