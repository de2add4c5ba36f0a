import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../components/Button";
import { FindBox } from "../../components/Finder";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Workspace } from "../../components/Workspace";
import { useMay } from "../../host/session";
import { usePeople, type Also } from "./find/use-people";
import style from "./Patients.module.css";

/** Where patients are looked for: one box, and without text those seen last. */
export function Patients({ also }: { also: Also | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const { group, register, pending, error } = usePeople(text, true, also);
  const mayRegister = useMay("patient.register");
  const open = () => void navigate({ to: "/patients/new", search: text.trim() ? { name: text.trim() } : {} });
  return (
    <Workspace>
      <Screen
        title={t("place.patients")}
        action={
          mayRegister && (
            <PrimaryButton shortcut="alt+N" onClick={open}>
              {t("patients.register")}
            </PrimaryButton>
          )
        }
      >
        <div className={style["box"]}>
          <FindBox
            label={t("patients.find")}
            text={text}
            onText={setText}
            groups={[group, { name: t("find.commands"), items: register ? [register] : [] }]}
            nothing={text.trim() ? t("find.nothing", { text }) : t("patients.empty")}
            alsoHint={also?.hint}
            pending={pending}
            trouble={error && <RefusalNote refused={error} />}
          />
        </div>
      </Screen>
    </Workspace>
  );
}
