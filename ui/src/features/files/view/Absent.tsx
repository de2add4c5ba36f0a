import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { ProgressBar } from "../../../components/ProgressBar";
import { RefusalNote } from "../../../components/RefusalNote";
import { useCommand } from "../../../host/use-command";
import type { FileView } from "../types";
import { absence, stateValues } from "../words";
import style from "./view.module.css";

/** Why a file is not to be seen here yet, and what to do; what is at the server comes on asking. */
export function Absent({ view: { id, state } }: { view: FileView }) {
  const { t } = useTranslation();
  const fetching = useCommand("fetch_file");
  const why = absence(state) ?? "nowhere";
  const values = stateValues(state);
  const asked = state.asked || fetching.isSuccess;
  const mayAsk = state.at === "server" || state.at === "damaged" || state.at === "elsewhere";
  return (
    <div className={style["absent"]}>
      {state.at === "coming" ? (
        <ProgressBar done={state.percent ?? 0} of={100} said={t(`files.absent.${why}.what`, values)} />
      ) : (
        <b>{t(`files.absent.${why}.what`, values)}</b>
      )}
      <span role="status">{t(asked && mayAsk ? "files.fetching" : `files.absent.${why}.do`, values)}</span>
      {fetching.error && <RefusalNote refused={fetching.error} />}
      {mayAsk && !asked && (
        <Button onClick={() => fetching.mutate({ file: id })} loading={fetching.isPending}>
          {t("files.fetch")}
        </Button>
      )}
    </div>
  );
}
