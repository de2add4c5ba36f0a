import { useNavigate } from "@tanstack/react-router";
import { Spectacles } from "../features/certificates/Spectacles";
import { EyeTab } from "../features/forms/EyeTab";
import { useMay } from "../host/session";
import type { TabProps } from "../records/parts";

/** The tab Eye: what was measured, and what was prescribed from it. */
export function EyePart(props: TabProps) {
  const { patient } = props;
  const navigate = useNavigate();
  const mayDraft = useMay("certificate.draft");
  const mayMeasure = useMay("observation.record");
  const open = (certificate: string) =>
    void navigate({ to: "/certificates/$certificate", params: { certificate } });
  const prescribe = (spectacles: string) =>
    void navigate({
      to: "/patients/$patient/certificates/new",
      params: { patient },
      search: { spectacles },
    });
  return (
    <EyeTab
      {...props}
      onPrescribe={mayDraft && mayMeasure ? prescribe : undefined}
      prescribed={<Spectacles patient={patient} onOpen={open} />}
    />
  );
}
