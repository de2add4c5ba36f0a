import type { ReactNode } from "react";
import { TaskFrame } from "../../forms/TaskFrame";
import type { Left } from "../../forms/use-left";
import type { RecordId } from "../../generated/RecordId";
import type { TaskProps } from "../../records/parts";
import type { FileView } from "./types";

/** A task about one file of a person. */
export type OfFile = TaskProps<"attachment"> & { file: RecordId };
/** The form of such a task, once the file is known. */
export type FileForm = OfFile & { view: FileView; left: Left };

interface FileFrameProps extends OfFile {
  title: string;
  children: (view: FileView, left: Left) => ReactNode;
}

/** Around a form about a file: it is asked for first, and closing leads back to it. */
export function FileFrame({ title, patient, task, file, onTask, children }: FileFrameProps) {
  return (
    <TaskFrame
      title={title}
      patient={patient}
      task={task}
      ask={["file", { file }]}
      find={(view) => (view.patient === patient ? view : null)}
      onClose={() => onTask({ of: "file", file })}
    >
      {children}
    </TaskFrame>
  );
}
