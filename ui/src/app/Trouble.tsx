import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { ErrorNote } from "../components/ErrorNote";
import { Screen } from "../components/Screen";
import { Workspace } from "../components/Workspace";

/** An address without a screen. */
export function Missing() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Workspace>
      <Screen title={t("missing.title")}>
        <EmptyState
          text={t("missing.text")}
          action={<Button onClick={() => void navigate({ to: "/today" })}>{t("missing.back")}</Button>}
        />
      </Screen>
    </Workspace>
  );
}

/** A screen that failed while it was drawn. */
export function Crashed({ reset }: { reset: () => void }) {
  const { t } = useTranslation();
  return (
    <Workspace>
      <ErrorNote
        what={t("crash.what")}
        safe={t("crash.safe")}
        todo={t("crash.do")}
        action={<Button onClick={reset}>{t("action.retry")}</Button>}
      />
    </Workspace>
  );
}
