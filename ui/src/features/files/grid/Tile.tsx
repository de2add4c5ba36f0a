import { IconCertificate } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Tag } from "../../../components/Tag";
import { useZone } from "../../../host/session";
import { clockText, dayAt } from "../../../i18n/dates";
import { choiceWord } from "../../../records/words";
import { Thumb } from "../../../records/Thumb";
import type { Certificate, FileRow } from "../types";
import { isDark, stateWord } from "../words";
import type { Paper } from "./group";
import style from "./grid.module.css";

interface TileProps {
  paper: Paper;
  /** The keys are here when they come to the tiles. */
  current: boolean;
  onFocus: () => void;
  onOpen: () => void;
}

/** A paper of a chart: its picture, what it is, and where its bytes are while they are not here. */
export function Tile({ paper, current, onFocus, onOpen }: TileProps) {
  return (
    <button
      type="button"
      className={style["tile"]}
      data-paper={paper.id}
      tabIndex={current ? 0 : -1}
      onFocus={onFocus}
      onClick={onOpen}
    >
      {"file" in paper ? <OfFile file={paper.file} /> : <OfCertificate certificate={paper.certificate} />}
    </button>
  );
}

function OfFile({ file }: { file: FileRow }) {
  const { t } = useTranslation();
  const zone = useZone();
  const state = stateWord(t, file.state);
  const pages = file.pages ?? 1;
  // The day stands above; the time says more only on the day on which it was filed.
  const time = dayAt(file.filed, zone) === file.day ? clockText(file.filed, zone) : "";
  const small = [
    file.sort && choiceWord(t, "attachment", "sort", file.sort),
    file.media_type === "application/dicom" && t("files.type.dicom"),
    pages > 1 && t("files.pages", { count: pages }),
    [file.author, time].filter(Boolean).join(" "),
  ];
  return (
    <>
      <span className={style["picture"]} data-dark={isDark(file)}>
        <Thumb picture={file.thumb} mediaType={file.media_type} />
        <span className={style["tags"]}>
          {state && <Tag kind={file.state.at === "coming" ? "plain" : "warn"}>{state}</Tag>}
          {file.reading === "unread" && (
            <Tag kind="warn">{choiceWord(t, "attachment", "reading", file.reading)}</Tag>
          )}
          {file.twice && <Tag kind="warn">{t("files.facts.twice")}</Tag>}
          {file.disputed.length > 0 && <Tag kind="warn">{t("patients.disputed")}</Tag>}
        </span>
      </span>
      <Words title={file.title ?? t("files.untitled")} small={small} />
    </>
  );
}

function OfCertificate({ certificate }: { certificate: Certificate }) {
  const { t } = useTranslation();
  const { title, verdict, number, status, signer, author } = certificate;
  const said = [title, verdict && t(`certificates.verdict.${verdict}`)].filter(Boolean).join(": ");
  return (
    <>
      <span className={style["picture"]}>
        <IconCertificate size="2rem" stroke={1.3} aria-hidden="true" />
        <span className={style["tags"]}>
          {status !== "issued" && <Tag>{t(`certificates.status.${status}`)}</Tag>}
        </span>
      </span>
      <Words title={said} small={number ? [number] : [t("files.certificate"), signer ?? author]} />
    </>
  );
}

function Words({ title, small }: { title: string; small: readonly (string | false | null)[] }) {
  const line = small.filter(Boolean).join(" · ");
  return (
    <span className={style["words"]}>
      <b className={style["title"]} title={title}>
        {title}
      </b>
      <span className={style["small"]} title={line}>
        {line}
      </span>
    </span>
  );
}
