import { IconGitMerge } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { tell } from "../../components/tell";
import { Workspace } from "../../components/Workspace";
import { usePages } from "../../host/use-pages";
import { Clash } from "./Clash";
import style from "./Conflicts.module.css";

/** What two people wrote differently before either saw the other's: one card a clash, settled in two keys. */
export function Conflicts() {
  const { t } = useTranslation();
  const conflicts = usePages("conflicts", {}, (page) => page.cards, { fresh: true });
  const list = useRef<HTMLUListElement>(null);
  const cards = conflicts.rows ?? [];
  const settled = () => {
    tell(t("conflict.settled"));
    // The keys go on to the next card; without one, to the heading.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>("[role='radiogroup']")?.focus());
  };
  return (
    <Workspace>
      <Screen title={t("conflict.title")}>
        {conflicts.error && <RefusalNote refused={conflicts.error} onRetry={conflicts.retry} />}
        {!conflicts.rows && !conflicts.error && <Skeleton lines={6} />}
        {conflicts.rows?.length === 0 && (
          <EmptyState text={t("conflict.empty")} icon={<IconGitMerge size="1.5rem" stroke={1.6} />} />
        )}
        {cards.length > 0 && (
          <>
            <p className={style["intro"]}>{t("conflict.intro")}</p>
            <ul ref={list} className={style["cards"]}>
              {cards.map((card, at) => (
                <li key={card.id}>
                  <Clash card={card} first={at === 0} onSettled={settled} />
                </li>
              ))}
            </ul>
            {conflicts.more && (
              <Button onClick={conflicts.fetchMore} loading={conflicts.fetching}>
                {t("conflict.more")}
              </Button>
            )}
          </>
        )}
      </Screen>
    </Workspace>
  );
}
