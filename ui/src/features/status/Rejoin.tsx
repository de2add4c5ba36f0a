import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { FormDialog } from "../../components/FormDialog";
import { RefusalNote } from "../../components/RefusalNote";
import { Segmented } from "../../components/Segmented";
import { TextField } from "../../components/fields";
import { tell } from "../../components/tell";
import { useCommand, useQueryOf } from "../../host/use-command";
import style from "./Health.module.css";

type Other = "none" | "runs";

/** Why a computer becomes another installation: the server has other entries under its numbers, it was made from a backup, or
    an administrator ended it. */
export type Why = "forked" | "restored" | "ended";

/** This computer goes on as another installation: an administrator says whether another one runs from the same records. */
export function Rejoin({ why }: { why: Why }) {
  const restored = why === "restored";
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const here = useQueryOf("workstations", {}).data?.rows.find((row) => row.this)?.name;
  return (
    <div>
      <Button onClick={() => setAsking(true)}>{t(restored ? "health.let_in" : "health.rejoin")}</Button>
      {asking && here !== undefined && <Ask here={here} why={why} onClose={() => setAsking(false)} />}
    </div>
  );
}

const TEXT = {
  forked: "health.rejoin_text",
  restored: "health.let_in_text",
  ended: "health.rejoin_ended_text",
} as const;

function Ask({ here, why, onClose }: { here: string; why: Why; onClose: () => void }) {
  const restored = why === "restored";
  const { t } = useTranslation();
  const [name, setName] = useState(here);
  const [other, setOther] = useState<Other | "">("");
  const [told, setTold] = useState(false);
  const rejoin = useCommand("rejoin");
  const attached = useQueryOf("status", {}).data?.attached === true;
  const missing = name.trim() === "";
  // Two computers of one name could not be told apart.
  const same = other === "runs" && name.trim() === here;
  const act = () => {
    setTold(true);
    if (other === "" || missing || same) return;
    rejoin.mutate(
      { name: name.trim(), other_runs: other === "runs" },
      {
        onSuccess: ({ server_waits }) => {
          if (restored) tell(t(server_waits ? "health.let_in_waits" : "health.let_in_done"));
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      opened
      title={t(restored ? "health.let_in_title" : "health.rejoin_title")}
      act={t(restored ? "health.let_in_act" : "health.rejoin_act")}
      onAct={act}
      onClose={onClose}
      busy={rejoin.isPending}
    >
      {rejoin.error && <RefusalNote refused={rejoin.error} />}
      <p>{t(TEXT[why])}</p>
      {restored && attached && <p>{t("health.let_in_offline")}</p>}
      <Segmented<Other>
        label={t("health.rejoin_other")}
        value={other}
        options={[
          { value: "none", label: t("health.rejoin_none") },
          { value: "runs", label: t("health.rejoin_runs") },
        ]}
        onChange={setOther}
        error={told && other === "" ? t("found.needed") : null}
        required
      />
      <TextField
        label={t("workstations.name")}
        value={name}
        onChange={setName}
        error={told && missing ? t("found.needed") : told && same ? t("health.rejoin_same") : null}
        autoComplete="off"
        required
      />
      <p className={style["by"]}>
        {t(other === "runs" ? "health.rejoin_runs_note" : "health.rejoin_none_note")}
      </p>
    </FormDialog>
  );
}
