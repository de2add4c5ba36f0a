import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { RefusalNote } from "../../components/RefusalNote";
import { useCommand } from "../../host/use-command";
import style from "./AuditTrail.module.css";

/** Checks the trail entry by entry and says in words whether it is whole. */
export function Verify() {
  const { t } = useTranslation();
  const verify = useCommand("verify_audit");
  const found = verify.data;
  return (
    <div className={style["verify"]}>
      <div role="status">
        {found?.whole && t("trail.whole", { entries: `${found.entries}`, heads: `${found.heads}` })}
        {found && !found.whole && (
          <span className={style["broken"]}>
            {t("trail.broken", { fault: found.fault ?? "" })} {t("trail.broken_note")}
          </span>
        )}
      </div>
      {verify.error && <RefusalNote refused={verify.error} />}
      <Button onClick={() => verify.mutate({})} loading={verify.isPending}>
        {t("trail.verify")}
      </Button>
    </div>
  );
}
