import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../components/Button";
import { DoorHead } from "../../components/DoorHead";
import { DoorLayout } from "../../components/DoorLayout";
import type { Enrolled } from "../../generated/Enrolled";
import { Paper } from "./Paper";
import style from "./Papers.module.css";

/** The computer has joined: its own recovery sheet, shown this once, before anybody signs in. */
export function Joined({ enrolled, onDone }: { enrolled: Enrolled; onDone: () => void }) {
  const { t } = useTranslation();
  const { clinic, site, sheet } = enrolled;
  return (
    <DoorLayout title={t("join.done_title")} clinic={clinic} site={site} size="long">
      <div className={style["papers"]}>
        <DoorHead
          title={t("join.done_title")}
          intro={[t("join.done_text", { clinic }), t("papers.not_yet")]}
        />
        <Paper title={t("papers.sheet")} note={t("papers.sheet_note")} lines={sheet} strong />
        <div className={style["acts"]}>
          <small>{t("join.done_note")}</small>
          <PrimaryButton onClick={onDone}>{t("join.done_act")}</PrimaryButton>
        </div>
      </div>
    </DoorLayout>
  );
}
