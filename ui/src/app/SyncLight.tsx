import { Popover } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../components/Acts";
import { Button } from "../components/Button";
import type { Status } from "../generated/commands";
import { useMay } from "../host/session";
import { useDates } from "../i18n/use-dates";
import { syncWords } from "../i18n/sync-words";
import style from "./SyncLight.module.css";

/** What other computers know of this one, in words; asked, it explains itself and leads on. */
export function SyncLight({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const navigate = useNavigate();
  const maySettle = useMay("conflict.resolve");
  const [opened, setOpened] = useState(false);
  const { light, short, long } = syncWords(t, status, date);
  const go = (to: "/conflicts" | "/health") => {
    setOpened(false);
    void navigate({ to });
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width="20rem"
      trapFocus
      returnFocus
      hideDetached={false}
    >
      <span role="status">
        <Popover.Target>
          <button type="button" className={style["sync"]} onClick={() => setOpened(!opened)}>
            <span className={style["light"]} data-state={light} aria-hidden="true" />
            {short}
          </button>
        </Popover.Target>
      </span>
      <Popover.Dropdown className={style["why"]} aria-label={t("sync.label")}>
        {long.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <Acts>
          {status.conflicts > 0 && maySettle && (
            <Button onClick={() => go("/conflicts")}>{t("sync.settle")}</Button>
          )}
          <Button onClick={() => go("/health")}>{t("sync.health")}</Button>
        </Acts>
      </Popover.Dropdown>
    </Popover>
  );
}
