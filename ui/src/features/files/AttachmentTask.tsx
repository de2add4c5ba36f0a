import type { TaskProps } from "../../records/parts";
import { AddFiles } from "./add/AddFiles";
import { EditFile } from "./EditFile";
import { MoveFile } from "./move/MoveFile";
import { WithdrawFile } from "./WithdrawFile";

/** The forms of files: adding some, and changing, moving or withdrawing one. */
export function AttachmentTask(props: TaskProps<"attachment">) {
  const { task } = props;
  switch (task.act) {
    case "add":
      return <AddFiles {...props} />;
    case "edit":
      return <EditFile {...props} file={task.file} />;
    case "move":
      return <MoveFile {...props} file={task.file} />;
    case "withdraw":
      return <WithdrawFile {...props} file={task.file} />;
  }
}
