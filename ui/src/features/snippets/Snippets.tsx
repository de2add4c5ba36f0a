import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../components/Button";
import { DataTable, type Column } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { Small } from "../../components/Small";
import { tell } from "../../components/tell";
import { Workspace } from "../../components/Workspace";
import type { SnippetRow } from "../../generated/SnippetRow";
import { usePages } from "../../host/use-pages";
import { useWrittenTask } from "../../records/use-written-task";
import { SnippetPane } from "./SnippetPane";

/** Where a snippet stands in the list; of a key there may be several. */
const keyOf = ({ id, of, key, section }: SnippetRow) => id ?? `${of} ${key} ${section ?? ""}`;

/** The short texts that a key opens into: one's own, the clinic's, and those that everybody has. */
export function Snippets() {
  const { t } = useTranslation();
  const known = usePages("snippets", {}, (page) => page.rows, { whole: true });
  const { task, goTo, end, onTouched, question } = useWrittenTask();
  const row = known.rows?.find((each) => keyOf(each) === task);
  const columns: Column<SnippetRow>[] = [
    { head: t("snippets.key"), whole: true, show: ({ key }) => <b>.{key}</b> },
    {
      head: t("snippets.section"),
      whole: true,
      show: ({ section }) => t(section ? `snippets.in.${section}` : "snippets.in.any"),
    },
    { head: t("snippets.text"), show: ({ text }) => text },
    { head: t("snippets.of"), whole: true, show: ({ of }) => t(`snippets.whose.${of}`) },
  ];
  const done = (sentence: string) => {
    end();
    tell(sentence);
  };
  const pane = task !== null && (
    <SnippetPane
      key={task}
      row={row ?? null}
      onTouched={onTouched}
      onClose={() => goTo(null)}
      onDone={done}
    />
  );
  return (
    <Workspace pane={pane}>
      {question}
      <Screen
        title={t("snippets.title")}
        action={
          task === null && (
            <PrimaryButton onClick={() => goTo("")} leftSection={<IconPlus size="1rem" stroke={1.8} />}>
              {t("snippets.add")}
            </PrimaryButton>
          )
        }
      >
        <Small>{t("snippets.intro")}</Small>
        {known.error && <RefusalNote refused={known.error} onRetry={known.retry} />}
        {!known.rows && !known.error && <Skeleton lines={6} />}
        {known.rows && (
          <DataTable<SnippetRow>
            caption={t("snippets.caption")}
            columns={columns}
            rows={known.rows}
            keyOf={keyOf}
            onOpen={(each) => goTo(keyOf(each))}
            empty={<EmptyState text={t("snippets.none")} />}
          />
        )}
      </Screen>
    </Workspace>
  );
}
