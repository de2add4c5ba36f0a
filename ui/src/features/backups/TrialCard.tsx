import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { RefusalNote } from "../../components/RefusalNote";
import { tell } from "../../components/tell";
import type { Backups } from "../../generated/Backups";
import { useMay } from "../../host/session";
import { useCommand } from "../../host/use-command";
import { spoken } from "../../i18n/spoken";
import { useBackupWords } from "./backup-words";
import style from "./Backups.module.css";

/** Whether a backup came back when it was tried last; a person signs that off. */
export function TrialCard({ shown }: { shown: Backups }) {
  const { t } = useTranslation();
  const { moment, took, counted } = useBackupWords();
  const maySign = useMay("rehearsal.sign");
  const sign = useCommand("sign_rehearsal");
  const order = useCommand("test_restore");
  const { tested, targets } = shown;
  const faultWords = (word: string) =>
    spoken(
      t,
      `backups.trial_faults.${word}`,
      spoken(t, `backups.faults.${word}`, t("backups.trial_failed", { word })),
    );
  const name = targets.find(({ id }) => id === tested?.target)?.name ?? "";
  const first = targets.find(({ last }) => last !== null);
  const refused = sign.error ?? order.error;
  return (
    <Card title={t("backups.trial")}>
      <div className={style["trial"]}>
        {refused && <RefusalNote refused={refused} />}
        {tested ? (
          <>
            <p data-figures>
              <b>
                {t(tested.fault === null ? "backups.passed" : "backups.not_passed", {
                  time: moment(tested.at),
                })}
              </b>
            </p>
            {(tested.fault === null || tested.fault === "differs") && (
              <>
                <p className={style["small"]} data-figures>
                  {t("backups.tried", {
                    name,
                    took: took(tested.seconds * 1000),
                    entries: counted("entries", tested.entries),
                    records: counted("records", tested.records),
                    files: counted("files", tested.files),
                  })}
                </p>
                <p className={style[tested.fault === null ? "fine" : "bad"]} data-figures>
                  {t("backups.differences", { count: tested.differences })}
                </p>
              </>
            )}
            {tested.mended > 0 && (
              <p className={style["small"]} data-figures>
                {t("backups.mended_before", { count: tested.mended })}
              </p>
            )}
            {tested.fault !== null && (
              <p className={style["bad"]}>
                {name}: {faultWords(tested.fault)}
              </p>
            )}
          </>
        ) : (
          <p className={style["small"]}>
            {t(targets.length === 0 ? "backups.nothing_to_try" : "backups.never_tried")}
          </p>
        )}
        <Acts>
          {tested?.fault === null && maySign && !tested.signed && (
            <Button
              loading={sign.isPending}
              onClick={() =>
                sign.mutate(
                  { target: tested.target, note: null },
                  { onSuccess: () => tell(t("backups.signed_now")) },
                )
              }
            >
              {t("backups.sign")}
            </Button>
          )}
          {tested?.signed && <span className={style["small"]}>{t("backups.signed")}</span>}
          {first && (
            <Button
              loading={order.isPending}
              onClick={() =>
                order.mutate({ target: first.id }, { onSuccess: () => tell(t("backups.trying")) })
              }
            >
              {t("backups.try_now")}
            </Button>
          )}
        </Acts>
      </div>
    </Card>
  );
}
