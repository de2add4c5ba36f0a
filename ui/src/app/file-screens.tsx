import { useNavigate } from "@tanstack/react-router";
import { FilesTab } from "../features/files/FilesTab";
import { UnreadCard } from "../features/files/UnreadCard";
import { taskName } from "../forms/task";
import type { TabProps } from "../records/parts";

/** The documents of a chart, the clinic’s own certificates among them. */
export function ChartFiles(props: TabProps) {
  const navigate = useNavigate();
  const open = (certificate: string) =>
    void navigate({ to: "/certificates/$certificate", params: { certificate } });
  return <FilesTab {...props} onCertificate={open} />;
}

/** The results that nobody has read, for Today. */
export function UnreadToday() {
  const navigate = useNavigate();
  return (
    <UnreadCard
      onOpen={(patient, file) =>
        void navigate({
          to: "/patients/$patient",
          params: { patient },
          search: { tab: "documents", task: taskName({ of: "file", file }) },
        })
      }
    />
  );
}
