import { useTranslation } from "react-i18next";
import type { Column } from "../../components/DataTable";
import type { SnippetRow } from "../../generated/SnippetRow";
import { usePages } from "../../host/use-pages";
import { WrittenScreen } from "../../records/WrittenScreen";
import { SnippetPane } from "./SnippetPane";

/** Where a snippet stands in the list; of a key there may be several. */
const keyOf = ({ id, of, key, section }: SnippetRow) => id ?? `${of} ${key} ${section ?? ""}`;

/** The short texts that a key opens into: one's own, the clinic's, and those that everybody has. */
export function Snippets() {
  const { t } = useTranslation();
  const known = usePages("snippets", {}, (page) => page.rows, { whole: true });
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
  return (
    <WrittenScreen
      title={t("snippets.title")}
      intro={t("snippets.intro")}
      caption={t("snippets.caption")}
      add={t("snippets.add")}
      none={t("snippets.none")}
      mayWrite
      known={known}
      columns={columns}
      keyOf={keyOf}
      pane={(props) => <SnippetPane {...props} />}
    />
  );
}
