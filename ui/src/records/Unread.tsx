import { useTranslation } from "react-i18next";
import { Tag } from "../components/Tag";

/** What this version cannot read of a record, as it stands there; nothing where it reads all. */
export function Unread({ lines }: { lines: readonly string[] | undefined }) {
  const { t } = useTranslation();
  if (!lines) return null;
  return (
    <>
      <Tag kind="warn">{t("patients.unread")}</Tag> <bdi>{lines.join(" · ")}</bdi>
    </>
  );
}
