import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { PrimaryButton } from "../../components/Button";
import { TextField } from "../../components/fields";
import { RefusalNote } from "../../components/RefusalNote";
import { address, PLAIN_ADDRESS } from "../../components/server-address";
import { useCommand } from "../../host/use-command";
import style from "./Workstations.module.css";

/** Attaches the clinic to its server, by the one-time code of whoever runs it. */
export function AttachForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const attach = useCommand("attach");
  const [server, setServer] = useState(PLAIN_ADDRESS);
  const [code, setCode] = useState("");
  const [told, setTold] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const known = address(server);
  const refused = attach.error;
  const misplaced = refused?.code === "invalid" && refused.fields["field"] === "server";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (known === null || code.trim() === "") {
      // The keys go to the first field that is wrong, once it is drawn so.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus());
      return;
    }
    if (attach.isPending) return;
    attach.mutate({ server: known, code }, { onSuccess: onDone });
  };
  return (
    <form ref={form} className={style["attach"]} onSubmit={submit} noValidate>
      {refused && !misplaced && <RefusalNote refused={refused} />}
      <TextField
        label={t("workstations.address")}
        hint={t("workstations.address_hint")}
        value={server}
        onChange={setServer}
        error={misplaced || (told && known === null) ? t("workstations.server_bad") : null}
        autoComplete="off"
        required
      />
      <TextField
        label={t("workstations.claim")}
        hint={t("workstations.claim_hint")}
        value={code}
        onChange={setCode}
        error={told && code.trim() === "" ? t("found.needed") : null}
        autoComplete="off"
        required
      />
      <Acts at="end">
        <PrimaryButton type="submit" loading={attach.isPending}>
          {t("workstations.attach")}
        </PrimaryButton>
      </Acts>
    </form>
  );
}
