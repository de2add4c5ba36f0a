import { IconFileImport } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button, PrimaryButton } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { FilesButton } from "../../components/FilesButton";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Workspace } from "../../components/Workspace";
import { useDropped } from "../../host/use-files";
import { ChangedRecords } from "./ChangedRecords";
import { Files } from "./Files";
import { useInHand } from "./in-hand";
import { Kinds } from "./Kinds";
import { LeftOutPlaces } from "./LeftOutPlaces";
import { Progress } from "./Progress";
import { Summary } from "./Summary";

/** Files of another system: what they would bring, and then what they brought. */
export function Import({ tabs }: { tabs?: ReactNode }) {
  const { t } = useTranslation();
  const { run, state } = useInHand();
  const look = (files: readonly File[]) => void run.look(files);
  useDropped(look);
  const { stage, files, stopping, trouble } = state;
  const busy = stage === "looking" || stage === "taking";
  const fitting = files.filter((file) => file.state === "fits");
  const news = fitting.some(({ found }) => (found?.records ?? 0) > 0);
  const action = busy ? (
    <Button onClick={run.stop} disabled={stopping}>
      {t(stopping ? "import.stopping" : "import.stop")}
    </Button>
  ) : (
    <Acts>
      <FilesButton onFiles={look} main={!news}>
        {t(stage === "empty" ? "import.choose" : "import.choose_others")}
      </FilesButton>
      {news && (
        <PrimaryButton onClick={() => void run.take()}>
          {t("import.act", { count: fitting.length })}
        </PrimaryButton>
      )}
    </Acts>
  );
  return (
    <Workspace>
      {tabs}
      <Screen title={t("import.title")} action={stage === "empty" ? undefined : action}>
        {stage === "empty" ? (
          <EmptyState
            text={t("import.intro")}
            icon={<IconFileImport size="1.5rem" stroke={1.6} />}
            action={action}
          />
        ) : (
          <>
            {trouble && <RefusalNote refused={trouble} />}
            {busy ? <Progress state={state} /> : <Summary state={state} />}
            <Files files={files} />
            {!busy && <ChangedRecords files={files} />}
            {!busy && <LeftOutPlaces files={files} />}
            {!busy && <Kinds files={files} />}
          </>
        )}
      </Screen>
    </Workspace>
  );
}
