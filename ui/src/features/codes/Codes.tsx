import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "../../components/Card";
import { FilesButton } from "../../components/FilesButton";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { tell } from "../../components/tell";
import { Workspace } from "../../components/Workspace";
import { useQueryOf } from "../../host/use-command";
import { Packs } from "./Packs";
import { TakeIn } from "./TakeIn";
import { Uncoded } from "./Uncoded";
import style from "./Codes.module.css";

/** The names that notes and problems are written with: the starter set, the clinic's own files, and what has no code. */
export function Codes({ tabs }: { tabs?: ReactNode }) {
  const { t } = useTranslation();
  const packs = useQueryOf("code_packs", {});
  const [file, setFile] = useState<File | null>(null);
  const choose = (files: readonly File[]) => setFile(files[0] ?? null);
  const pane = file && (
    <TakeIn
      key={`${file.name} ${file.lastModified}`}
      file={file}
      onClose={() => setFile(null)}
      onTaken={(names) => {
        setFile(null);
        tell(t("codes.taken", { names: t("codes.names", { count: names }) }));
      }}
    />
  );
  const action = (
    <FilesButton single onFiles={choose} main={!file}>
      {t(file ? "codes.choose_other" : "codes.choose_file")}
    </FilesButton>
  );
  return (
    <Workspace pane={pane}>
      {tabs}
      <Screen title={t("codes.title")} action={action}>
        <p className={style["intro"]}>{t("codes.intro")}</p>
        {packs.error && <RefusalNote refused={packs.error} onRetry={() => void packs.refetch()} />}
        {packs.isPending && <Skeleton lines={5} />}
        {packs.data && (
          <div className={style["parts"]}>
            <Card title={t("codes.starter")}>
              <p className={style["said"]}>
                {t("codes.starter_said", {
                  names: `${packs.data.starter}`,
                  coded: `${packs.data.starter_coded}`,
                })}
              </p>
            </Card>
            <Card title={t("codes.packs")}>
              <Packs rows={packs.data.rows} more={packs.data.more} />
            </Card>
            <Uncoded />
          </div>
        )}
      </Screen>
    </Workspace>
  );
}
