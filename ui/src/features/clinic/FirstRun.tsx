import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { PrimaryButton } from "../../components/Button";
import { DoorForm } from "../../components/DoorForm";
import { DoorLayout } from "../../components/DoorLayout";
import { PasswordField, TextField } from "../../components/fields";
import { NewPassword, refusedPassword } from "../../components/NewPassword";
import { Beside } from "../../components/Pane";
import { PickField } from "../../components/PickField";
import { RefusalNote } from "../../components/RefusalNote";
import type { FoundClinic } from "../../generated/FoundClinic";
import type { Refused } from "../../host/host";
import { foundInput, troublesOf, useFoundForm, type FoundForm, type FoundTrouble } from "./found-form";
import { timeThere, zones } from "./zones";
import style from "./FirstRun.module.css";

interface FirstRunProps {
  /** The choice of what this computer becomes. */
  choice: ReactNode;
  onFound: (clinic: FoundClinic) => void;
  refused: Refused | null;
  /** What was refused is being mended. */
  onMend: () => void;
  busy: boolean;
}

const ZONES = zones();
const SAID = {
  needed: "found.needed",
  differs: "password.differs",
  site_code: "found.site_code_bad",
} as const;

/** A computer without a clinic: everything that a new one needs, on one page. */
export function FirstRun({ choice, onFound, refused, onMend, busy }: FirstRunProps) {
  const { t } = useTranslation();
  const page = useRef<HTMLFormElement>(null);
  const { form, set } = useFoundForm();
  const [told, setTold] = useState(false);
  const troubles = told ? troublesOf(form) : {};
  const say = (trouble: FoundTrouble | undefined) => (trouble ? t(SAID[trouble]) : null);
  const mend = (name: keyof FoundForm) => (value: string) => {
    if (refused) onMend();
    set(name)(value);
  };
  const field = (name: keyof FoundForm) => ({
    value: form[name],
    onChange: mend(name),
    error: say(troubles[name]),
    required: true,
  });
  const focusTrouble = () => page.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  // A refusal that names a field leads there.
  useEffect(() => {
    if (refused) focusTrouble();
  }, [refused]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (Object.keys(troublesOf(form)).length > 0) {
      requestAnimationFrame(focusTrouble);
      return;
    }
    if (!busy) onFound(foundInput(form));
  };
  const weak = refusedPassword(refused);
  const early = form.repeat.length >= form.password.length && form.repeat !== form.password;
  return (
    <DoorLayout title={t("found.title")} size="long">
      <DoorForm ref={page} title={t("found.title")} intro={[t("found.intro")]} onSubmit={submit}>
        {choice}
        {refused && !weak && <RefusalNote refused={refused} />}
        <Group title={t("found.place")}>
          <TextField {...field("clinic")} label={t("found.clinic")} hint={t("found.clinic_hint")} autoFocus />
          <Beside>
            <TextField {...field("site")} label={t("found.site")} hint={t("found.site_hint")} />
            <TextField
              {...field("site_code")}
              label={t("found.site_code")}
              hint={form.site_code && t("found.site_code_hint", { code: form.site_code.toUpperCase() })}
              maxLength={6}
              autoComplete="off"
            />
          </Beside>
          <PickField
            {...field("time_zone")}
            label={t("found.zone")}
            hint={form.time_zone && t("found.zone_hint", { time: timeThere(form.time_zone) })}
            options={ZONES}
            nothing={t("found.zone_none")}
          />
        </Group>
        <Group title={t("found.you")}>
          <Beside>
            <TextField {...field("name")} label={t("found.name")} autoComplete="name" />
            <TextField
              {...field("sign_in")}
              label={t("found.sign_in")}
              hint={t("found.sign_in_hint")}
              autoComplete="username"
            />
          </Beside>
          <NewPassword
            label={t("door.password")}
            value={form.password}
            onChange={mend("password")}
            names={[form.name, form.sign_in, form.clinic]}
            refused={weak}
            told={told}
          />
          <PasswordField
            {...field("repeat")}
            error={(told || form.repeat !== "") && early ? t("password.differs") : say(troubles.repeat)}
            label={t("password.repeat")}
            autoComplete="new-password"
          />
        </Group>
        <Acts at="end">
          <PrimaryButton type="submit" loading={busy}>
            {t("found.act")}
          </PrimaryButton>
        </Acts>
      </DoorForm>
    </DoorLayout>
  );
}

/** Fields that belong together, under a title inside their sheet: a legend would sit on its edge. */
function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className={style["group"]}>
      <h2 id={id}>{title}</h2>
      {children}
    </div>
  );
}
