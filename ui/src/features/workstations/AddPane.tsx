import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../components/Button";
import { TextField } from "../../components/fields";
import { Pane } from "../../components/Pane";
import { RefusalNote } from "../../components/RefusalNote";
import { useCommand } from "../../host/use-command";
import { GivenCode } from "./GivenCode";
import style from "./Workstations.module.css";

/** Gives leave for one more workstation: a name, and then the code to type at it. */
export function AddPane({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const body = useRef<HTMLDivElement>(null);
  const give = useCommand("enrolment_code");
  const [name, setName] = useState("");
  const [told, setTold] = useState(false);
  const [at, setAt] = useState(0);
  const missing = name.trim() === "";
  const act = () => {
    setTold(true);
    if (missing) body.current?.querySelector("input")?.focus();
    else if (!give.isPending) give.mutate({ name: name.trim() }, { onSuccess: () => setAt(Date.now()) });
  };
  const action = !give.data && (
    <PrimaryButton shortcut="mod+Enter" onClick={act} loading={give.isPending}>
      {t("workstations.give")}
    </PrimaryButton>
  );
  return (
    <Pane
      title={give.data ? name.trim() : t("workstations.add")}
      onClose={onClose}
      {...(action ? { action } : {})}
    >
      <div ref={body} className={style["pane"]}>
        {give.error && <RefusalNote refused={give.error} />}
        {give.data ? (
          <GivenCode given={give.data} until={at + give.data.seconds * 1000} />
        ) : (
          <>
            <TextField
              label={t("workstations.name")}
              hint={t("workstations.name_hint")}
              value={name}
              onChange={setName}
              error={told && missing ? t("found.needed") : null}
              autoComplete="off"
              required
              autoFocus
            />
            <p className={style["note"]}>{t("workstations.add_note")}</p>
          </>
        )}
      </div>
    </Pane>
  );
}
