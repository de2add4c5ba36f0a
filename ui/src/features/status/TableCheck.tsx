import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button } from "../../components/Button";
import { RefusalNote } from "../../components/RefusalNote";
import { useCommand } from "../../host/use-command";
import style from "./Health.module.css";

/** Compares the tables with the log, and makes them again where they differ. */
export function TableCheck() {
  const { t } = useTranslation();
  const check = useCommand("rebuild");
  const repair = useCommand("rebuild");
  const found = check.data;
  const differs = found && found.differing.length > 0;
  const again = () => {
    repair.reset();
    check.mutate({ check: true });
  };
  const trouble = check.error ?? repair.error;
  return (
    <div className={style["check"]}>
      <p>{t("health.check_note")}</p>
      {trouble && <RefusalNote refused={trouble} />}
      <div role="status">
        {check.isPending && t("health.checking")}
        {repair.data && <p>{t("health.repaired", { count: repair.data.records })}</p>}
        {!repair.data && found && !differs && <p>{t("health.check_whole", { count: found.records })}</p>}
        {!repair.data && differs && (
          <p className={style["act"]}>{t("health.check_differs", { tables: found.differing.join(", ") })}</p>
        )}
      </div>
      <Acts>
        <Button onClick={again} loading={check.isPending}>
          {t("health.check_act")}
        </Button>
        {differs && !repair.data && (
          <Button onClick={() => repair.mutate({ check: false })} loading={repair.isPending}>
            {t("health.repair_act")}
          </Button>
        )}
      </Acts>
    </div>
  );
}
