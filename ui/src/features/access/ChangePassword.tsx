import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { PrimaryButton } from "../../components/Button";
import { DoorLayout } from "../../components/DoorLayout";
import { PasswordField } from "../../components/fields";
import { FormDialog } from "../../components/FormDialog";
import { NewPassword } from "../../components/NewPassword";
import { RefusalNote } from "../../components/RefusalNote";
import { TextButton } from "../../components/TextButton";
import type { Session } from "../../generated/commands";
import { useCommand } from "../../host/use-command";
import { useChangePassword } from "./change-password";
import style from "./ChangePassword.module.css";

type Change = ReturnType<typeof useChangePassword>;

function Fields({ change }: { change: Change }) {
  const { t } = useTranslation();
  return (
    <>
      {change.refused && <RefusalNote refused={change.refused} />}
      <PasswordField
        label={t("password.old")}
        {...change.old}
        autoComplete="current-password"
        more
        required
        autoFocus
      />
      <NewPassword label={t("password.new")} {...change.fresh} names={change.names} told={change.told} />
      <PasswordField label={t("password.repeat")} {...change.repeat} autoComplete="new-password" required />
    </>
  );
}

/** Changes one's own password over whatever is on screen. */
export function ChangePassword({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const change = useChangePassword(onDone);
  return (
    <FormDialog
      opened
      title={t("person.password")}
      act={t("password.change")}
      onAct={change.send}
      onClose={onClose}
      busy={change.busy}
    >
      <Fields change={change} />
    </FormDialog>
  );
}

/** Before anything else: a password that somebody else made is replaced by one's own. */
export function MustChangePassword({ session }: { session: Session }) {
  const { t } = useTranslation();
  const change = useChangePassword(() => undefined);
  const signOut = useCommand("sign_out");
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    change.send();
  };
  return (
    <DoorLayout title={t("password.must_title")} clinic={session.clinic} site={session.site}>
      <form className={style["form"]} onSubmit={submit} noValidate>
        <div>
          <h1 tabIndex={-1}>{t("password.must_title")}</h1>
          <p className={style["why"]}>{t("password.must_text")}</p>
        </div>
        <Fields change={change} />
        <Acts at="between">
          <TextButton onClick={() => signOut.mutate({})}>{t("person.sign_out")}</TextButton>
          <PrimaryButton type="submit" loading={change.busy}>
            {t("password.change")}
          </PrimaryButton>
        </Acts>
      </form>
    </DoorLayout>
  );
}
