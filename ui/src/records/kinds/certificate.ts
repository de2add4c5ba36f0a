import type { TagKind } from "../../components/Tag";
import type { CertificateStatus } from "../../generated/CertificateStatus";
import type { LineOf } from "../kind";
import { lensSaid } from "../lens-said";

const TAGS: Partial<Record<CertificateStatus, TagKind>> = { issued: "ok", returned: "warn", revoked: "warn" };

export const certificate: LineOf<"certificate"> = (details, { t, date }) => {
  const lenses = (["right", "left"] as const).flatMap((eye) => {
    const said = lensSaid(details[eye]);
    return said ? [`${t(`certificates.eye.${eye}`)} ${said}`] : [];
  });
  const { verdict, status = "draft", number, recommendation, from, until, status_reason } = details;
  return {
    title: verdict && t(`patients.verdict.${verdict}`),
    code: number,
    small: [
      from && until && t("patients.from_until", { from: date(from), until: date(until) }),
      lenses.join(" · "),
      recommendation,
      status_reason,
    ],
    tag: { kind: TAGS[status] ?? "plain", text: t(`patients.certificate_status.${status}`) },
  };
};
