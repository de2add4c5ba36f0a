import { ActionIcon } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CardRow } from "../../../components/Card";
import { Tag } from "../../../components/Tag";
import { TextButton } from "../../../components/TextButton";
import { useMay } from "../../../host/session";
import { Pieces } from "../Pieces";
import { Unread } from "../Unread";
import { COMMANDS } from "./commands";
import type { ClaimKind } from "./specs";
import { useClaimWords, type AnyClaim } from "./use-claim-words";
import type { OnTask } from "../../../records/parts";
import style from "./claims.module.css";

interface ClaimRowsProps {
  kind: ClaimKind;
  claims: readonly AnyClaim[];
  onTask: OnTask;
  /** Those that are over are shown too, without asking. */
  all?: boolean;
  /** No more than this many are shown without asking. Never for what must not be overlooked. */
  most?: number | undefined;
}

/** Claims as rows of a card: what holds now, and on asking what is over. */
export function ClaimRows({ kind, claims, onTask, all = false, most }: ClaimRowsProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(all);
  const now = claims.filter((claim) => !claim.past).slice(0, most);
  const shown = opened ? claims : now;
  const rest = claims.length - now.length;
  const words = most === undefined ? "patients.show_past" : "patients.show_more";
  return (
    <>
      {shown.map((claim) => (
        <Row key={claim.id} kind={kind} claim={claim} onTask={onTask} />
      ))}
      {!all && rest > 0 && (
        <li className={style["past"]}>
          <TextButton aria-expanded={opened} onClick={() => setOpened(!opened)}>
            {opened ? t("patients.fewer") : t(words, { count: rest })}
          </TextButton>
        </li>
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
  const may = useMay(COMMANDS[kind].may);
  const words = useClaimWords()(kind, claim);
  const name = words.title.map((piece) => piece.text).join("");
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
        may && (
          <ActionIcon
            size="1.5rem"
            aria-label={t("patients.change", { name })}
            onClick={() => onTask({ of: kind, act: "edit", id: claim.id })}
          >
            <IconPencil size="0.9375rem" stroke={1.7} />
          </ActionIcon>
        )
      }
    >
      <span className={style["claim"]} data-kind={kind} data-past={claim.past}>
        <Pieces pieces={words.title} />
      </span>
    </CardRow>
  );
}
