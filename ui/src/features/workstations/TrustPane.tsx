import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../components/Button";
import { TextField } from "../../components/fields";
import { Pane } from "../../components/Pane";
import { RefusalNote } from "../../components/RefusalNote";
import { useCommand } from "../../host/use-command";
import style from "./Workstations.module.css";

/** Takes the key of a server that was set up anew, by the fingerprint that whoever runs it reads out. */
export function TrustPane({ onClose, onDone }: { onClose: () => void; onDone: (sentence: string) => void }) {
  const { t } = useTranslation();
  const body = useRef<HTMLDivElement>(null);
  const trust = useCommand("trust_server");
  const [fingerprint, setFingerprint] = useState("");
  const [told, setTold] = useState(false);
  const digits = fingerprint.replaceAll(/[^0-9a-f]/giu, "").length;
  const refused = trust.error;
  const misread = refused?.code === "invalid";
  const act = () => {
    setTold(true);
    if (digits !== 32) body.current?.querySelector("input")?.focus();
    else if (!trust.isPending) {
      trust.mutate({ fingerprint }, { onSuccess: () => onDone(t("workstations.trusted")) });
    }
  };
  return (
    <Pane
      title={t("workstations.trust")}
      onClose={onClose}
      action={
        <PrimaryButton shortcut="mod+Enter" onClick={act} loading={trust.isPending}>
          {t("workstations.trust_act")}
        </PrimaryButton>
      }
    >
      <div ref={body} className={style["pane"]}>
        {refused && !misread && <RefusalNote refused={refused} />}
        <TextField
          label={t("workstations.trust_fingerprint")}
          hint={t("workstations.trust_hint")}
          value={fingerprint}
          onChange={setFingerprint}
          error={misread || (told && digits !== 32) ? t("workstations.trust_bad") : null}
          autoComplete="off"
          required
          autoFocus
        />
        <p className={style["note"]}>{t("workstations.trust_note")}</p>
      </div>
    </Pane>
  );
}
