import { Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { comboAria, useHotkey } from "../../components/hotkey";
import { KeyHint } from "../../components/KeyHint";
import { Tag } from "../../components/Tag";
import type { PresentVisit } from "../../generated/PresentVisit";
import type { RecordId } from "../../generated/RecordId";
import type { VisitStatus } from "../../generated/VisitStatus";
import { useMay, useSession, useZone } from "../../host/session";
import { useCommand, useQueryOf } from "../../host/use-command";
import { useDates } from "../../i18n/use-dates";
import { useClock } from "../../i18n/use-clock";
import { STEP_KEYS, URGENT_KEYS } from "./keys";
import type { OnTask } from "../../records/parts";
import { useTelling } from "../../records/use-telling";
import { nextUrgency, useUrgency } from "./use-urgency";
import style from "./visits.module.css";

type Step = "triaged" | "in_progress" | "completed" | "cancelled";

/** The steps that are offered from where a visit is; the records decide which are taken. */
const NEXT: Partial<Record<VisitStatus, readonly Step[]>> = {
  arrived: ["triaged", "in_progress", "cancelled"],
  triaged: ["in_progress", "cancelled"],
  in_progress: ["completed"],
};

interface VisitStateProps {
  patient: RecordId;
  onTask: OnTask;
}

/** The visit that somebody is in, in the facts of their banner: how far it is, and the steps on. */
export function VisitState({ patient, onTask }: VisitStateProps) {
  const visit = useQueryOf("banner", { patient }).data?.visit;
  return visit ? <State key={visit.id} visit={visit} onTask={onTask} /> : null;
}

function State({ visit, onTask }: { visit: PresentVisit; onTask: OnTask }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const { day } = useClock(useZone());
  const may = useMay("visit.edit");
  const mayAttend = useMay("note.write");
  const user = useSession()?.user;
  const edit = useCommand("edit_visit");
  const step = useCommand("step_visit");
  const [opened, setOpened] = useState(false);
  const [asking, setAsking] = useState(false);
  const { step: urge, busy: urging } = useUrgency();
  const telling = useTelling();
  const more = () => urge({ visit: visit.id, version: visit.version, now: visit.urgency });
  useHotkey(STEP_KEYS, () => setOpened(true), may);
  useHotkey(URGENT_KEYS, more, may && !urging);
  const time = visit.day === day ? visit.since : `${date(visit.day)} ${visit.since}`;
  const { status, attending, mine } = visit;
  const isElsewhere = status === "in_progress" && attending && !mine;
  const said = isElsewhere
    ? t("visits.state.with_other", { name: attending, time })
    : status === "arrived" || status === "triaged" || status === "in_progress"
      ? t(`visits.state.${status}`, { time })
      : "";
  const steps = (NEXT[status] ?? []).filter((to) => to !== "in_progress" || mayAttend);
  const take = (to: Step) => {
    setAsking(false);
    // The last step takes this part of the banner away, and what it said is told all the same.
    telling(async () => {
      await step.mutateAsync({ visit: visit.id, version: visit.version, to });
      return t(`visits.stepped.${to}`);
    });
  };
  const takeOver = (attends: RecordId) =>
    telling(async () => {
      const patch = { attending: attends };
      const { conflict } = await edit.mutateAsync({ id: visit.id, version: visit.version, patch });
      return t(conflict ? "visits.saved_conflict" : "visits.taken_over");
    });
  const level =
    visit.urgency && visit.urgency !== "ordinary" ? (
      <Tag kind="danger">{t(`queue.urgency.${visit.urgency}`)}</Tag>
    ) : null;
  if (!may) {
    return (
      <>
        <Tag kind="go">{said}</Tag>
        {level}
      </>
    );
  }
  return (
    <>
      {level}
      <Menu
        opened={opened}
        onChange={setOpened}
        position="bottom-start"
        shadow="none"
        returnFocus
        withInitialFocusPlaceholder={false}
        hideDetached={false}
      >
        <Menu.Target>
          <button
            type="button"
            className={style["state"]}
            aria-keyshortcuts={comboAria(STEP_KEYS)}
            title={t("visits.steps")}
          >
            {said}
            <IconChevronDown size="0.875rem" stroke={2} aria-hidden="true" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {steps.map((to) => (
            <Menu.Item key={to} onClick={() => (to === "cancelled" ? setAsking(true) : take(to))}>
              {t(`visits.step.${to}`)}
            </Menu.Item>
          ))}
          {status === "in_progress" && mayAttend && !mine && user && (
            <Menu.Item onClick={() => takeOver(user)}>{t("visits.take_over")}</Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item
            onClick={more}
            aria-keyshortcuts={comboAria(URGENT_KEYS)}
            rightSection={<KeyHint combo={URGENT_KEYS} />}
          >
            {t(`queue.to_urgency.${nextUrgency(visit.urgency)}`)}
          </Menu.Item>
          <Menu.Item onClick={() => onTask({ of: "visit", visit: visit.id })}>{t("visits.change")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asking}
        title={t("visits.cancel_title")}
        act={t("visits.cancel_act")}
        keep={t("visits.cancel_keep")}
        onAct={() => take("cancelled")}
        onClose={() => setAsking(false)}
        busy={step.isPending}
      >
        {t("visits.cancel_text")}
      </ConfirmDialog>
    </>
  );
}
