import { useNavigate } from "@tanstack/react-router";
import { FilesTab } from "../features/files/FilesTab";
import type { TabProps } from "../records/parts";

/** The documents of a chart, the clinic’s own certificates among them. */
export function ChartFiles(props: TabProps) {
  const navigate = useNavigate();
  const open = (certificate: string) =>
    void navigate({ to: "/certificates/$certificate", params: { certificate } });
  return <FilesTab {...props} onCertificate={open} />;
}
