import { IconFileText } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../components/EmptyState";
import { Screen } from "../../components/Screen";
import { Workspace } from "../../components/Workspace";

/** The certificates of the clinic by their state. */
export function Certificates() {
  const { t } = useTranslation();
  return (
    <Workspace>
      <Screen title={t("place.certificates")}>
        <EmptyState text={t("certificates.empty")} icon={<IconFileText size="1.5rem" stroke={1.6} />} />
      </Screen>
    </Workspace>
  );
}
