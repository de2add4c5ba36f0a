import { useNavigate } from "@tanstack/react-router";
import { AddHere } from "../features/files/AddHere";
import { FilesTab } from "../features/files/FilesTab";
import type { OnTask, TabProps } from "../records/parts";

/** The documents of a chart, the clinic’s own certificates among them. */
export function ChartFiles(props: TabProps) {
  const navigate = useNavigate();
  const open = (certificate: string) =>
    void navigate({ to: "/certificates/$certificate", params: { certificate } });
  return <FilesTab {...props} onCertificate={open} />;
}

/** The way in for files, for who may add some and may not read the chart. */
export function DeskFiles({ patient, onTask }: { patient: string; onTask: OnTask }) {
  return <AddHere patient={patient} onTask={onTask} />;
}
