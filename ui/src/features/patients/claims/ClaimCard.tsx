import { useTranslation } from "react-i18next";
import { Card, CardList } from "../../../components/Card";
import { TextButton } from "../../../components/TextButton";
import { useMay } from "../../../host/session";
import { ClaimRows } from "./ClaimRows";
import { COMMANDS } from "./commands";
import type { ClaimKind } from "./specs";
import type { AnyClaim } from "./use-claim-words";
import type { OnTask } from "../../../records/parts";
import style from "./claims.module.css";

interface ClaimCardProps {
  kind: ClaimKind;
  claims: readonly AnyClaim[];
  onTask: OnTask;
  /** When it was saved last while this chart was open. */
  saved?: string | undefined;
  /** Those that are over are shown too. */
  all?: boolean;
  most?: number;
}

/** A card of one kind of claim, with the act that adds one. */
export function ClaimCard({ kind, claims, onTask, saved, all = false, most }: ClaimCardProps) {
  const { t } = useTranslation();
  const may = useMay(COMMANDS[kind].may);
  return (
    <Card
      title={t(`patients.card.${kind}`)}
      status={saved ?? ""}
      action={
        may && (
          <TextButton
            aria-label={`${t("patients.add_one")}: ${t(`patients.card.${kind}`)}`}
            onClick={() => onTask({ of: kind, act: "add" })}
          >
            {t("patients.add_one")}
          </TextButton>
        )
      }
    >
      {claims.length === 0 ? (
        <p className={style["said"]}>{t(`patients.no.${kind}`)}</p>
      ) : (
        <CardList>
          <ClaimRows kind={kind} claims={claims} onTask={onTask} all={all} most={most} />
        </CardList>
      )}
    </Card>
  );
}
