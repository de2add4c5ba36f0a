import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Button } from "../components/Button";
import { KeyHint } from "../components/KeyHint";
import {
  ANOTHER_KEYS,
  FIND_KEY,
  FIND_KEYS,
  HELP_KEYS,
  LAST_KEYS,
  LOCK_KEYS,
  MEASURE_KEYS,
  NORMAL_KEYS,
  PLANNED_KEYS,
  QUEUE_KEYS,
  SLIP_KEYS,
  SOUND_KEYS,
  STEP_KEYS,
  URGENT_KEYS,
  VISIT_KEYS,
} from "./keys";
import style from "./Shortcuts.module.css";

const KEYS = [
  ["find", [FIND_KEY, FIND_KEYS]],
  ["places", ["alt+1", "alt+2"]],
  ["lock", [LOCK_KEYS]],
  ["help", [HELP_KEYS]],
  ["move", ["ArrowUp", "ArrowDown"]],
  ["open", ["Enter"]],
  ["save", ["mod+Enter"]],
  ["visit", [VISIT_KEYS]],
  ["step", [STEP_KEYS]],
  ["measure", [MEASURE_KEYS]],
  ["normal", [NORMAL_KEYS]],
  ["diagnosis", ["alt+D"]],
  ["plan", ["alt+P"]],
  ["bring", ["alt+B"]],
  ["words", ["alt+T"]],
  ["urgent", [URGENT_KEYS]],
  ["call_next", [QUEUE_KEYS.next]],
  ["call_this", [QUEUE_KEYS.call, QUEUE_KEYS.again]],
  ["queue_steps", [QUEUE_KEYS.move, QUEUE_KEYS.urgency, QUEUE_KEYS.left]],
  ["queue_open", [QUEUE_KEYS.open]],
  ["queue_day", [QUEUE_KEYS.day]],
  ["sound", [SOUND_KEYS]],
  ["planned", [PLANNED_KEYS]],
  ["form_last", [LAST_KEYS]],
  ["form_other", ["="]],
  ["form_another", [ANOTHER_KEYS]],
  ["form_absent", ["-"]],
  ["certificate", ["alt+C"]],
  ["slip", [SLIP_KEYS]],
  ["issue", ["mod+shift+Enter"]],
  ["file_add", ["N"]],
  ["file_look", ["+", "-", "0", "R"]],
  ["file_two", ["C"]],
  ["file_out", ["E", "M"]],
  ["close", ["Escape"]],
  ["side", ["1", "2"]],
  ["keep", ["Enter"]],
] as const;

/** Every key that works anywhere, in one list. */
export function Shortcuts({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal.Root opened={opened} onClose={onClose} centered size="26rem">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body className={style["body"]}>
          <Modal.Title className={style["title"]}>{t("shortcut.title")}</Modal.Title>
          <dl className={style["keys"]}>
            {KEYS.map(([name, combos]) => (
              <div key={name}>
                <dt>{t(`shortcut.${name}`)}</dt>
                <dd>
                  {combos.map((combo) => (
                    <KeyHint key={combo} combo={combo} />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
          <div className={style["acts"]}>
            <Button onClick={onClose} startsHere>
              {t("action.close")}
            </Button>
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
