import { Menu } from "@mantine/core";
import { IconChevronDown, IconKey, IconKeyboard, IconLock, IconLogout, type Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../components/Avatar";
import { comboAria } from "../components/hotkey";
import { KeyHint } from "../components/KeyHint";
import type { Language } from "../i18n/start";
import { useLanguage } from "../i18n/use-language";
import { HELP_KEYS, LOCK_KEYS } from "./keys";
import type { DeskActs } from "./desk-acts";
import { SIZES, type Colours } from "./person-look";
import style from "./PersonMenu.module.css";

interface PersonMenuProps {
  /** The name as it is said, and without its title for the initials. */
  said: string;
  name: string;
  /** Their role, and since when they are here. */
  about: ReactNode;
  acts: DeskActs;
}

const SCHEMES = ["light", "dark", "auto"] as const;

/** Who is signed in, and all that concerns nobody else. */
export function PersonMenu({ said, name, about, acts }: PersonMenuProps) {
  const { t } = useTranslation();
  const { look } = acts;
  const { language, languages, choose } = useLanguage();
  return (
    <Menu
      position="bottom-end"
      width="17rem"
      returnFocus
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      hideDetached={false}
    >
      <Menu.Target>
        <button type="button" className={style["person"]}>
          <Avatar name={name} />
          <span>{said}</span>
          <IconChevronDown size="0.875rem" stroke={1.8} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={style["menu"] ?? ""}>
        <div className={style["about"]}>{about}</div>
        <Act icon={IconLock} combo={LOCK_KEYS} onPick={acts.lock} text={t("person.lock")} />
        <Act icon={IconLogout} onPick={acts.signOut} text={t("person.sign_out")} />
        <Act icon={IconKey} onPick={acts.changePassword} text={t("person.password")} />
        <Act icon={IconKeyboard} combo={HELP_KEYS} onPick={acts.help} text={t("person.shortcuts")} />
        <Menu.Divider />
        <Menu.Label>{t("person.colours")}</Menu.Label>
        <Menu.RadioGroup value={look.colours} onChange={(scheme) => look.setColours(scheme as Colours)}>
          {SCHEMES.map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme}>
              {t(`look.${scheme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t("person.size")}</Menu.Label>
        <Menu.RadioGroup value={String(look.size)} onChange={(size) => look.setSize(Number(size))}>
          {SIZES.map((size) => (
            <Menu.RadioItem key={size} value={String(size)}>
              {t(`look.size_${size}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t("person.language")}</Menu.Label>
        <Menu.RadioGroup value={language} onChange={(code) => choose(code as Language)}>
          {languages.map(([code, own]) => (
            <Menu.RadioItem key={code} value={code}>
              {own}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

interface ActProps {
  icon: Icon;
  text: string;
  combo?: string;
  onPick: () => void;
}

function Act({ icon: Sign, text, combo, onPick }: ActProps) {
  return (
    <Menu.Item
      leftSection={<Sign size="1rem" stroke={1.7} aria-hidden="true" />}
      rightSection={combo && <KeyHint combo={combo} />}
      onClick={onPick}
      {...(combo ? { "aria-keyshortcuts": comboAria(combo) } : {})}
    >
      {text}
    </Menu.Item>
  );
}
