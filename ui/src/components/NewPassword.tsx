import { useTranslation } from "react-i18next";
import { countCharacters, faultOf, LEAST, MOST, type PasswordFault } from "./new-password";
import { PasswordField } from "./fields";
import style from "./NewPassword.module.css";

interface NewPasswordProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Names that a password may not lean on. */
  names: readonly string[];
  /** Why it was refused when it was sent. */
  refused?: PasswordFault | null;
  /** Whether its faults are told already, as after a try to send it. */
  told?: boolean;
}

/** A new password: how long it is while it is typed, and what is wrong with it in words. */
export function NewPassword({ label, value, onChange, names, refused, told = false }: NewPasswordProps) {
  const { t } = useTranslation();
  const count = countCharacters(value);
  const own = faultOf(value, names);
  // While it grows, being short is no trouble; the count says it.
  const fault = refused ?? (told || (own !== "short" && own !== null && value !== "") ? own : null);
  return (
    <div className={style["field"]}>
      <PasswordField
        label={label}
        value={value}
        onChange={onChange}
        autoComplete="new-password"
        more
        required
        error={fault && t(`password.fault.${fault}`, { least: `${LEAST}`, most: `${MOST}` })}
        hint={t("password.hint")}
      />
      <div className={style["grown"]}>
        <span className={style["bar"]} aria-hidden="true">
          <span
            data-enough={count >= LEAST && !fault}
            style={{ inlineSize: `${Math.min(1, count / LEAST) * 100}%` }}
          />
        </span>
        <span data-figures>
          {count < LEAST
            ? t("password.count", { count, least: `${LEAST}` })
            : t(fault ? "password.long_count" : "password.enough", { count })}
        </span>
      </div>
    </div>
  );
}

/** The reason in a refusal `weak_password`, null for any other. */
export function refusedPassword(
  refused: { code: string; fields: Record<string, string | number> } | null,
): PasswordFault | null {
  return refused?.code === "weak_password" ? (refused.fields["fault"] as PasswordFault) : null;
}
