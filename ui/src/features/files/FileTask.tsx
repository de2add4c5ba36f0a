import { useTranslation } from "react-i18next";
import { Button, PrimaryButton } from "../../components/Button";
import { Facts } from "../../components/Facts";
import { Pane } from "../../components/Pane";
import { RefusalNote } from "../../components/RefusalNote";
import { Row } from "../../components/Row";
import { Skeleton } from "../../components/Skeleton";
import { TextButton } from "../../components/TextButton";
import { useMay, useZone } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { useDates } from "../../i18n/use-dates";
import { useFigures } from "../../i18n/use-figures";
import { useWhenIn } from "../../i18n/use-when";
import type { OnTask, TaskProps } from "../../records/parts";
import { Unread } from "../../records/Unread";
import { choiceWord } from "../../records/words";
import type { FileView } from "./types";
import { usePrint } from "./use-print";
import { useReading } from "./use-reading";
import { useCopy } from "./use-copy";
import { stateWord, typeWord } from "./words";

/** What is known of the document that is open, and what can be done with it. */
export function FileTask({ patient, task, onTask }: TaskProps<"file">) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQueryOf("file", { file: task.file });
  const onClose = () => onTask(null);
  const view = data?.patient === patient ? data : undefined;
  if (view) return <Known view={view} onTask={onTask} />;
  const refused = error ?? (data && { code: "not_found", fields: {} });
  return (
    <Pane title={t("files.view.title")} onClose={onClose}>
      {refused ? <RefusalNote refused={refused} onRetry={() => void refetch()} /> : <Skeleton lines={6} />}
    </Pane>
  );
}

function Known({ view, onTask }: { view: FileView; onTask: OnTask }) {
  const { t } = useTranslation();
  const mayEdit = useMay("file.edit");
  const mayMove = useMay("file.void");
  const mayCopy = useMay("file.export");
  const copy = useCopy(view.id, { media_type: view.media_type, sort: view.details.sort ?? null });
  const here = view.state.at === "here";
  const reading = useReading(view);
  const print = usePrint(view.id);
  return (
    <Pane title={view.details.title ?? t("files.untitled")} onClose={() => onTask(null)}>
      <Facts facts={useFacts(view)} />
      <Unread lines={view.unread} />
      {copy.refused && <RefusalNote refused={copy.refused} />}
      {print.refused && <RefusalNote refused={print.refused} />}
      {reading.refused && <RefusalNote refused={reading.refused} />}
      <Row>
        {reading.act && (
          <PrimaryButton onClick={reading.act} loading={reading.busy} shortcut="v">
            {t("files.unread.act")}
          </PrimaryButton>
        )}
        {mayEdit && (
          <Button onClick={() => onTask({ of: "attachment", act: "edit", file: view.id })}>
            {t("files.edit.act")}
          </Button>
        )}
        {mayCopy && here && (
          <Button onClick={copy.save} loading={copy.busy}>
            {t("files.view.save")}
          </Button>
        )}
        {mayCopy && here && (
          <Button onClick={print.send} loading={print.busy}>
            {t("files.view.print")}
          </Button>
        )}
        {mayMove && (
          <Button onClick={() => onTask({ of: "attachment", act: "move", file: view.id })}>
            {t("files.move.act")}
          </Button>
        )}
        <TextButton onClick={() => onTask({ of: "history", record: view.id })}>
          {t("patients.history.title")}
        </TextButton>
        {mayMove && (
          <TextButton onClick={() => onTask({ of: "attachment", act: "withdraw", file: view.id })}>
            {t("files.withdraw.act")}
          </TextButton>
        )}
      </Row>
    </Pane>
  );
}

/** What is said of a file, and what became of it on its way in. */
function useFacts(view: FileView): { key: string; name: string; says: string }[] {
  const { t } = useTranslation();
  const { date } = useDates();
  const { size } = useFigures();
  const when = useWhenIn(useZone());
  const { details, original_type, original_bytes, removed, active, came_by } = view;
  const state = stateWord(t, view.state);
  const filed = [when(view.filed), view.author, came_by && choiceWord(t, "attachment", "came_by", came_by)];
  const came = original_type && [typeWord(t, original_type), size(original_bytes ?? view.bytes)];
  const kept = [size(view.bytes), view.reduced && t("files.facts.smaller"), state];
  const says = {
    reading: view.reading && t(`files.facts.${view.reading}`),
    sort: details.sort && choiceWord(t, "attachment", "sort", details.sort),
    taken_on: details.taken_on && date(details.taken_on),
    note: details.note,
    filed: joined(filed),
    original: came && joined(came),
    kept: joined([(view.pages ?? 1) > 1 && t("files.pages", { count: view.pages ?? 1 }), ...kept]),
    removed: removed.map((word) => choiceWord(t, "attachment", "removed", word)).join(", "),
    carries: active.map((word) => t(`files.add.${word as "script"}`)).join(", "),
    moved: view.moved && t("files.facts.moved_here"),
    twice: view.twice.length > 0 && t("files.facts.twice_text", { count: view.twice.length }),
  };
  return Object.entries(says).flatMap(([name, said]) =>
    said ? [{ key: name, name: t(`files.facts.${name as keyof typeof says}`), says: said }] : [],
  );
}

function joined(parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(" · ");
}
