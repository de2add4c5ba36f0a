import { IconPlus } from "@tabler/icons-react";
import { Fragment, type ReactNode } from "react";
import { PrimaryButton } from "../components/Button";
import { DataTable, type Column } from "../components/DataTable";
import { EmptyState } from "../components/EmptyState";
import { RefusalNote } from "../components/RefusalNote";
import { Screen } from "../components/Screen";
import { Skeleton } from "../components/Skeleton";
import { Small } from "../components/Small";
import { tell } from "../components/tell";
import { Workspace } from "../components/Workspace";
import type { Pages } from "../host/use-pages";
import { useWrittenTask } from "./use-written-task";

/** What the pane beside the list is handed. */
export interface WrittenProps<Row> {
  /** The row that was chosen; null to write a new one. */
  row: Row | null;
  onTouched: (touched: boolean) => void;
  onClose: () => void;
  /** It was done; the sentence says what. */
  onDone: (sentence: string) => void;
}

interface WrittenScreenProps<Row> {
  title: string;
  /** What the list is for. */
  intro: string;
  caption: string;
  /** What begins a new one. */
  add: string;
  /** Said where there is none; null where there is always one. */
  none: string | null;
  mayWrite: boolean;
  known: Pick<Pages<unknown, Row>, "rows" | "error" | "retry">;
  columns: Column<Row>[];
  keyOf: (row: Row) => string;
  pane: (props: WrittenProps<Row>) => ReactNode;
}

/** A list of what the clinic or a person has for their notes, and the pane beside it in which one is written. */
export function WrittenScreen<Row>(props: WrittenScreenProps<Row>) {
  const { title, intro, caption, add, none, mayWrite, known, columns, keyOf } = props;
  const { task, goTo, end, onTouched, question } = useWrittenTask();
  const onDone = (sentence: string) => {
    end();
    tell(sentence);
  };
  const row = known.rows?.find((each) => keyOf(each) === task) ?? null;
  const pane =
    mayWrite && task !== null && known.rows
      ? props.pane({ row, onTouched, onClose: () => goTo(null), onDone })
      : null;
  return (
    // Another row is another pane: what was typed for the one is not shown for the other.
    <Workspace pane={pane && <Fragment key={task}>{pane}</Fragment>}>
      {question}
      <Screen
        title={title}
        action={
          mayWrite &&
          task === null && (
            <PrimaryButton onClick={() => goTo("")} leftSection={<IconPlus size="1rem" stroke={1.8} />}>
              {add}
            </PrimaryButton>
          )
        }
      >
        <Small>{intro}</Small>
        {known.error && <RefusalNote refused={known.error} onRetry={known.retry} />}
        {!known.rows && !known.error && <Skeleton lines={6} />}
        {known.rows && (
          <DataTable<Row>
            caption={caption}
            columns={columns}
            rows={known.rows}
            keyOf={keyOf}
            {...(mayWrite ? { onOpen: (each: Row) => goTo(keyOf(each)) } : {})}
            empty={none && <EmptyState text={none} />}
          />
        )}
      </Screen>
    </Workspace>
  );
}
