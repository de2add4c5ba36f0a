import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button } from "../../components/Button";
import { RefusalNote } from "../../components/RefusalNote";
import type { LogChecked } from "../../generated/commands";
import { useCommand } from "../../host/use-command";
import { useFigures } from "../../i18n/use-figures";
import style from "./Health.module.css";

/** What the check of the log found, the first fault of each log. */
function LogFaults({ checked }: { checked: LogChecked }) {
  const { t } = useTranslation();
  const { count, counted } = useFigures();
  const { logs, entries, vouchers, faults } = checked;
  if (faults.length === 0) {
    return (
      <p>
        {t("health.check_log_whole", {
          entries: counted("entries", entries),
          logs: counted("logs", logs),
          vouchers: count(vouchers),
        })}
      </p>
    );
  }
  return faults.map(({ workstation, clinics, entry, what, from, by }) => (
    <p key={`${workstation} ${clinics}`} className={style["act"]}>
      {t("health.check_log_fault", {
        workstation,
        scope: t(clinics ? "health.scope_clinic" : "health.scope_site"),
        what: t(`health.wrong.${what}` as "health.wrong.between", {
          entry: `${entry}`,
          from: `${from ?? 0}`,
          by: by ? t(`health.by.${by}` as "health.by.marks") : "",
        }),
      })}
    </p>
  ));
}

/** Compares the tables with the log, and makes them again where they differ. */
export function TableCheck() {
  const { t } = useTranslation();
  const check = useCommand("rebuild");
  const repair = useCommand("rebuild");
  const log = useCommand("check_log");
  const found = check.data;
  const differs = found && found.differing.length > 0;
  const again = () => {
    repair.reset();
    check.mutate({ check: true });
    log.mutate({});
  };
  const trouble = check.error ?? log.error ?? repair.error;
  return (
    <div className={style["check"]}>
      <p>{t("health.check_note")}</p>
      {trouble && <RefusalNote refused={trouble} />}
      <div role="status">
        {(check.isPending || log.isPending) && t("health.checking")}
        {log.data && <LogFaults checked={log.data} />}
        {repair.data && <p>{t("health.repaired", { count: repair.data.records })}</p>}
        {!repair.data && found && !differs && <p>{t("health.check_whole", { count: found.records })}</p>}
        {!repair.data && differs && (
          <p className={style["act"]}>{t("health.check_differs", { tables: found.differing.join(", ") })}</p>
        )}
      </div>
      <Acts>
        <Button onClick={again} loading={check.isPending || log.isPending}>
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
