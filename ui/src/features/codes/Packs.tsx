import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { DataTable, type Column } from "../../components/DataTable";
import { RefusalNote } from "../../components/RefusalNote";
import { Tag } from "../../components/Tag";
import { TextButton } from "../../components/TextButton";
import type { CodePackRow } from "../../generated/CodePackRow";
import { useCommand } from "../../host/use-command";
import style from "./Codes.module.css";

/** The files of codes that the clinic has; each can be ended after asking once. */
export function Packs({ rows, more }: { rows: readonly CodePackRow[]; more: boolean }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<CodePackRow | null>(null);
  const end = useCommand("end_codes");
  const columns: Column<CodePackRow>[] = [
    {
      head: t("codes.column.system"),
      show: ({ system, version, language }) => (
        <div className={style["system"]}>
          <b>{system}</b>
          <div className={style["muted"]}>{[version, language].filter(Boolean).join(" · ")}</div>
        </div>
      ),
    },
    { head: t("codes.column.licence"), show: ({ licence }) => licence },
    { head: t("codes.column.confirmed"), show: ({ confirmed_by }) => confirmed_by ?? "" },
    {
      head: t("codes.column.here"),
      show: (row) => (
        <>
          {!row.active ? (
            <Tag kind="plain">{t("codes.ended")}</Tag>
          ) : row.here > 0 ? (
            <Tag kind="ok">{t("codes.names", { count: row.here })}</Tag>
          ) : (
            <Tag kind="warn">{t("codes.not_here")}</Tag>
          )}{" "}
          {row.active && <TextButton onClick={() => setAsked(row)}>{t("codes.end")}</TextButton>}
        </>
      ),
    },
  ];
  const act = () => {
    if (!asked) return;
    end.mutate({ pack: asked.id, seen: asked.seen }, { onSettled: () => setAsked(null) });
  };
  return (
    <>
      {end.error && <RefusalNote refused={end.error} />}
      <DataTable<CodePackRow>
        caption={t("codes.packs")}
        columns={columns}
        rows={rows}
        keyOf={({ id }) => id}
        empty={<p className={style["said"]}>{t("codes.none")}</p>}
      />
      {more && <p className={style["said"]}>{t("codes.more_packs")}</p>}
      {rows.length > 0 && <p className={style["said"]}>{t("codes.each")}</p>}
      <ConfirmDialog
        opened={asked !== null}
        title={t("codes.end_title")}
        act={t("codes.end_act")}
        keep={t("codes.keep")}
        onAct={act}
        onClose={() => setAsked(null)}
        busy={end.isPending}
      >
        {t("codes.end_text")}
      </ConfirmDialog>
    </>
  );
}
