import { useTranslation } from "react-i18next";
import { ProgressBar } from "../../components/ProgressBar";
import { RefusalNote } from "../../components/RefusalNote";
import { tell } from "../../components/tell";
import { TextButton } from "../../components/TextButton";
import type { JobShown } from "../../generated/JobShown";
import { useMay } from "../../host/session";
import { useCommand, useQueryOf } from "../../host/use-command";
import { useBackupWords } from "./backup-words";
import style from "./Backups.module.css";

/** What is backed up, read or tried just now and what waits for its turn: how far it is, and a way to stop it. */
export function UnderWay() {
  const jobs = useQueryOf("jobs", {});
  const rows = (jobs.data?.rows ?? []).filter(({ running, asked }) => running || asked);
  if (rows.length === 0) return null;
  return (
    <ul className={style["jobs"]}>
      {rows.map((job) => (
        <li key={`${job.kind} ${job.target}`}>
          <Job job={job} />
        </li>
      ))}
    </ul>
  );
}

function Job({ job }: { job: JobShown }) {
  const { t } = useTranslation();
  const { size } = useBackupWords();
  const mayStop = useMay("backup.edit");
  const cancel = useCommand("cancel_job");
  const { kind, target, name, running, done, of } = job;
  const what = t(`backups.jobs.${kind}`, { name });
  const far = !running
    ? t("backups.jobs.waits")
    : of > 0
      ? t("backups.jobs.percent", { percent: `${Math.floor((100 * Math.min(done, of)) / of)}` })
      : done > 0 && t("backups.jobs.so_far", { size: size(done) });
  const stop = () => cancel.mutate({ kind, target }, { onSuccess: () => tell(t("backups.jobs.stopped")) });
  return (
    <>
      {cancel.error && <RefusalNote refused={cancel.error} />}
      <div>
        {running && of > 0 ? (
          <ProgressBar done={done} of={of} said={[what, far].join(" · ")} />
        ) : (
          <p role="status" data-figures>
            {[what, far].filter(Boolean).join(" · ")}
          </p>
        )}
        {mayStop && (
          <TextButton onClick={stop} aria-label={t("backups.jobs.stop_it", { what })}>
            {t("backups.jobs.stop")}
          </TextButton>
        )}
      </div>
    </>
  );
}
