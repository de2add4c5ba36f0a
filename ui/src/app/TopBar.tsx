import { ActionIcon } from "@mantine/core";
import { IconInbox, IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { comboAria, comboText } from "../components/hotkey";
import { KeyHint } from "../components/KeyHint";
import type { Status } from "../generated/commands";
import type { DeskActs } from "./desk-acts";
import { FIND_KEY, FIND_KEYS, LOCK_KEYS } from "./keys";
import { PersonMenu } from "./PersonMenu";
import { SyncLight } from "./SyncLight";
import style from "./TopBar.module.css";

/** What the frame always shows: where, how fresh, who, and how much waits. */
export interface FrameFacts {
  site: string;
  /** Null until it is known. */
  status: Status | null;
  /** The signed-in person: the name as it is said, without its title for the initials, and a line about them. */
  person: { said: string; name: string; about: ReactNode };
  /** How many things wait for this person, and the way to them. */
  inbox?: { waiting: number; onOpen: () => void };
  acts: DeskActs;
}

/** The bar at the top of every screen. */
export function TopBar({ site, status, person, inbox, acts, onFind }: FrameFacts & { onFind: () => void }) {
  const { t } = useTranslation();
  const waiting = inbox && t("top.inbox", { count: inbox.waiting });
  return (
    <header className={style["top"]}>
      <button
        type="button"
        className={style["find"]}
        onClick={onFind}
        aria-keyshortcuts={comboAria(FIND_KEYS)}
      >
        <span>{t("top.find")}</span>
        <KeyHint combo={FIND_KEY} />
      </button>
      <span className={style["grow"]} />
      <span className={style["site"]} title={t("top.site")}>
        {site}
      </span>
      {status && <SyncLight status={status} />}
      <span className={style["end"]}>
        {inbox && (
          <ActionIcon onClick={inbox.onOpen} aria-label={waiting} title={waiting}>
            <IconInbox size="1.125rem" stroke={1.7} />
            {inbox.waiting > 0 && <span className={style["count"]}>{inbox.waiting}</span>}
          </ActionIcon>
        )}
        <PersonMenu {...person} acts={acts} />
        <ActionIcon
          onClick={acts.lock}
          aria-label={t("top.lock")}
          title={`${t("top.lock")} · ${comboText(LOCK_KEYS)}`}
          aria-keyshortcuts={comboAria(LOCK_KEYS)}
        >
          <IconLock size="1.125rem" stroke={1.7} />
        </ActionIcon>
      </span>
    </header>
  );
}
