import { IconHistory, IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../components/IconButton";
import { Awaited } from "../../../components/Awaited";
import { CardList, CardRow } from "../../../components/Card";
import { Tag } from "../../../components/Tag";
import { TextButton } from "../../../components/TextButton";
import type { ClaimEnd } from "../../../generated/ClaimEnd";
import type { RecordId } from "../../../generated/RecordId";
import { useMay } from "../../../host/session";
import { titleText } from "../../../records/facts";
import { mayWrite, type AnyClaim, type ClaimKind } from "../../../records/kind";
import type { OnTask } from "../../../records/parts";
import { Pieces } from "../../../records/Pieces";
import { Unread } from "../../../records/Unread";
import { useClaimWords } from "../../../records/use-claim-words";
import { useClaims, type AnyPage } from "../../../records/use-claims";
import style from "./claims.module.css";

interface ClaimRowsProps {
  kind: ClaimKind;
  patient: RecordId;
  /** The first page of them. */
  page: AnyPage;
  onTask: OnTask;
  /** Those that are over are shown too, without asking. */
  all?: boolean;
  /** No more than this many are shown without asking. Never for what must not be overlooked. */
  most?: number | undefined;
}

/** Claims as rows of a card: what holds now, and on asking what is over. */
export function ClaimRows({ kind, patient, page, onTask, all = false, most }: ClaimRowsProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(all);
  const now = page.rows.filter((claim) => !claim.past).slice(0, most);
  const shown = opened ? page.rows : now;
  // What holds is shown wholly, also where one answer has no room for it.
  const further = page.next && (opened || (most === undefined && !page.next.past)) ? page.next : null;
  const rest = page.past + (most === undefined ? 0 : page.now - now.length);
  const words = most === undefined ? "patients.show_past" : "patients.show_more";
  return (
    <CardList>
      {shown.map((claim) => (
        <Row key={claim.id} kind={kind} claim={claim} onTask={onTask} />
      ))}
      {further && <Further kind={kind} patient={patient} after={further} past={opened} onTask={onTask} />}
      {!all && rest > 0 && (
        <li className={style["past"]}>
          <TextButton aria-expanded={opened} onClick={() => setOpened(!opened)}>
            {opened ? t("patients.fewer") : t(words, { count: rest })}
          </TextButton>
        </li>
      )}
    </CardList>
  );
}

interface FurtherProps {
  kind: ClaimKind;
  patient: RecordId;
  after: ClaimEnd;
  /** What is over is shown too. */
  past: boolean;
  onTask: OnTask;
}

/** The pages behind the first. */
function Further({ kind, patient, after, past, onTask }: FurtherProps) {
  const page = useClaims(kind, patient, after);
  if (page.error || !page.data) return <Awaited rows={page} lines={3} />;
  const { rows, next } = page.data;
  return (
    <>
      {rows
        .filter((claim) => past || !claim.past)
        .map((claim) => (
          <Row key={claim.id} kind={kind} claim={claim} onTask={onTask} />
        ))}
      {next && (past || !next.past) && (
        <Further kind={kind} patient={patient} after={next} past={past} onTask={onTask} />
      )}
    </>
  );
}

interface RowProps {
  kind: ClaimKind;
  claim: AnyClaim;
  onTask: OnTask;
}

function Row({ kind, claim, onTask }: RowProps) {
  const { t } = useTranslation();
  const may = useMay(mayWrite(kind));
  const words = useClaimWords()(kind, claim);
  const name = titleText(words);
  const small = [words.code, ...words.small].filter(Boolean);
  return (
    <CardRow
      small={
        <>
          {small.join(" · ")}
          {claim.past && words.tag && <Tag>{words.tag.text}</Tag>}
          {claim.disputed.length > 0 && <Tag kind="warn">{t("patients.disputed")}</Tag>}
          <Unread lines={claim.unread} />
        </>
      }
      action={
        <span className={style["icons"]}>
          <IconButton
            icon={IconHistory}
            label={t("patients.history.of", { name })}
            title={t("patients.history.title")}
            onClick={() => onTask({ of: "history", record: claim.id })}
          />
          {may && (
            <IconButton
              icon={IconPencil}
              label={t("patients.change", { name })}
              onClick={() => onTask({ of: kind, act: "edit", id: claim.id })}
            />
          )}
        </span>
      }
    >
      <span className={style["claim"]} data-kind={kind} data-past={claim.past}>
        <Pieces pieces={words.title} />
      </span>
    </CardRow>
  );
}
