import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../components/Button";
import { Pane } from "../../components/Pane";
import { NewPassword, refusedPassword } from "../../components/NewPassword";
import { RefusalNote } from "../../components/RefusalNote";
import { TextButton } from "../../components/TextButton";
import type { StaffRow } from "../../generated/StaffRow";
import { useSession } from "../../host/session";
import { useCommand } from "../../host/use-command";
import { EndOfWork } from "./EndOfWork";
import { ReleaseSignIn } from "./ReleaseSignIn";
import { isLicensed } from "./roles";
import { suggestedPassword } from "./suggested-password";
import { formOf, nameTrouble, toAdd, toEdit, troublesOf, type StaffForm, type Unread } from "./staff-form";
import { StaffFields } from "./StaffFields";

interface StaffPaneProps {
  /** The person to change; null to add one. */
  row: StaffRow | null;
  people: readonly StaffRow[];
  onClose: () => void;
  /** It was done; the sentence says what. */
  onDone: (sentence: string) => void;
}

/** Adds a person who works here, or changes one. */
export function StaffPane({ row, people, onClose, onDone }: StaffPaneProps) {
  const { t } = useTranslation();
  const body = useRef<HTMLDivElement>(null);
  const session = useSession();
  const add = useCommand("add_user");
  const edit = useCommand("edit_user");
  const [form, setForm] = useState<StaffForm>(() => formOf(row));
  const [unread, setUnread] = useState<Unread>({});
  const [told, setTold] = useState(false);
  const names = [form.name, form.sign_in, session?.clinic ?? ""];
  const refused = add.error ?? edit.error;
  const weak = refusedPassword(refused);
  const taken = refused?.code === "invalid" && refused.fields["field"] === "sign_in";
  const found = row ? nameTrouble(form) : troublesOf(form, people, names);
  const troubles = told ? found : {};
  const set = (field: keyof StaffForm) => (value: string) => {
    add.reset();
    edit.reset();
    setForm((before) => ({ ...before, [field]: value }));
    // A role without a licence has no last day of it that could be wrong.
    if (field === "role" && !isLicensed(value as StaffForm["role"]))
      setUnread((all) => ({ ...all, licence_until: null }));
  };
  const [suggested, setSuggested] = useState<string | null>(null);
  const suggest = () => {
    const words = suggestedPassword();
    setSuggested(words);
    set("password")(words);
  };
  const save = () => {
    setTold(true);
    const wrong = Object.keys(found).length > 0 || Object.values(unread).some(Boolean);
    if (wrong) {
      requestAnimationFrame(() => body.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus());
      return;
    }
    if (row) {
      edit.mutate(toEdit(form, row), { onSuccess: () => onDone(t("staff.saved", { name: form.name })) });
      return;
    }
    if (form.role)
      add.mutate(toAdd(form, form.role), {
        onSuccess: () => onDone(t("staff.added", { name: form.name.trim() })),
      });
  };
  return (
    <Pane
      title={row ? row.name : t("staff.add")}
      onClose={onClose}
      action={
        <PrimaryButton shortcut="mod+Enter" onClick={save} loading={add.isPending || edit.isPending}>
          {t(row ? "staff.save" : "staff.add")}
        </PrimaryButton>
      }
    >
      <div ref={body} style={{ display: "contents" }}>
        {refused && !weak && !taken && <RefusalNote refused={refused} />}
        <StaffFields
          form={form}
          set={set}
          isNew={!row}
          unread={told ? unread : {}}
          onTrouble={(field, trouble) => setUnread((all) => ({ ...all, [field]: trouble }))}
          troubles={taken ? { ...troubles, sign_in: "taken" } : troubles}
        />
        {!row && (
          <>
            <NewPassword
              label={t("password.first")}
              value={form.password}
              onChange={set("password")}
              names={names}
              refused={weak}
              told={told}
            />
            <div>
              <TextButton onClick={suggest}>{t("staff.suggest")}</TextButton>
            </div>
            {form.password && form.password === suggested && (
              <p role="status">
                {t("staff.suggested")} <code>{suggested}</code>
              </p>
            )}
            <p>{t("staff.first_note")}</p>
          </>
        )}
        {row?.active && row.switched_off && (
          <ReleaseSignIn row={row} self={row.id === session?.user} onDone={onDone} />
        )}
        {row?.active && <EndOfWork row={row} self={row.id === session?.user} onDone={onDone} />}
      </div>
    </Pane>
  );
}
