import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { RefusalNote } from "../../../components/RefusalNote";
import { Small } from "../../../components/Small";
import { TextButton } from "../../../components/TextButton";
import type { RecordId } from "../../../generated/RecordId";
import type { TrayPaper } from "../../../generated/TrayPaper";
import { asRefused, type Refused } from "../../../host/host";
import { useHost } from "../../../host/HostProvider";
import { useZone } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { refusalText } from "../../../i18n/refusal";
import { useFigures } from "../../../i18n/use-figures";
import { useWhenIn } from "../../../i18n/use-when";
import { typeWord } from "../words";
import { useInHand } from "./in-hand";
import { useTray } from "./use-tray";
import style from "./add.module.css";

/** The papers that the scanner has written, each to be taken into this chart, and the folder in which it writes. */
export function TrayPapers({ patient }: { patient: RecordId }) {
  const { t } = useTranslation();
  const { tray, error, retry } = useTray();
  const { run, files } = useInHand(patient);
  const [choose, refused] = useChooseTray();
  if (error) return <RefusalNote refused={error} onRetry={retry} />;
  if (!tray) return null;
  const papers = tray.papers.filter(({ name }) => !files.some((file) => file.name === name));
  const more = tray.count - tray.papers.length;
  const state = tray.folder === null ? "none" : !tray.there ? "gone" : tray.count === 0 ? "empty" : null;
  return (
    <section className={style["tray"]} aria-label={t("files.tray.title")}>
      <h3>{t("files.tray.title")}</h3>
      {state && <Small>{t(`files.tray.${state}`)}</Small>}
      {refused && <RefusalNote refused={refused} />}
      <ul className={style["papers"]}>
        {papers.map((paper) => (
          <Paper
            key={paper.name}
            paper={paper}
            onTake={() => run.takePaper(patient, paper.name, paper.bytes, paper.media_type ?? "")}
          />
        ))}
      </ul>
      {more > 0 && <Small>{t("files.tray.more", { count: more })}</Small>}
      <div>
        {state === "none" || state === "gone" ? (
          <Button onClick={choose}>{t("files.tray.set")}</Button>
        ) : (
          <TextButton onClick={choose}>{t("files.tray.change")}</TextButton>
        )}
      </div>
    </section>
  );
}

function Paper({ paper, onTake }: { paper: TrayPaper; onTake: () => void }) {
  const { t } = useTranslation();
  const when = useWhenIn(useZone());
  const { size } = useFigures();
  const { name, at, bytes, media_type, unfit } = paper;
  const why = unfit && refusalText(t, { code: "file_unfit", fields: { reason: unfit, most: 100 } });
  const facts = [at && when(at), media_type && typeWord(t, media_type), size(bytes)];
  return (
    <li>
      <span className={style["paper"]}>
        {name}
        <small>{why ? `${why.what} ${why.todo}` : facts.filter(Boolean).join(" · ")}</small>
      </span>
      {!why && <Button onClick={onTake}>{t("files.tray.take")}</Button>}
    </li>
  );
}

/** Has the person choose the folder in which the scanner writes. */
function useChooseTray(): [() => void, Refused | null] {
  const host = useHost();
  const { mutateAsync } = useCommand("set_tray");
  const [refused, setRefused] = useState<Refused | null>(null);
  const ask = async () => {
    const folder = await host.chooseFolder();
    if (folder !== null) await mutateAsync({ place: folder.id });
  };
  const choose = () => {
    setRefused(null);
    void ask().catch((reason: unknown) => setRefused(asRefused(reason)));
  };
  return [choose, refused];
}
