import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, PrimaryButton } from "../../components/Button";
import { CheckField, TextField } from "../../components/fields";
import { FormDialog } from "../../components/FormDialog";
import type { HeldList } from "../../generated/HeldList";
import type { Leaving } from "../../generated/Leaving";

/** Takes in what was looked at; asks first where somebody is not on the list any more. */
export function TakeAct({ list, onTake }: { list: HeldList; onTake: (left: Leaving | null) => void }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [marks, setMarks] = useState(false);
  const [typed, setTyped] = useState("");
  const left = list.counts.find(({ outcome }) => outcome === "left");
  const leaving = (left?.all ?? 0) - (left?.taken ?? 0);
  const going = list.stage === "applying";
  if (list.due === 0 && leaving === 0 && !going) return null;
  const wrong = marks && !list.whole && typed.trim() !== String(left?.all);
  const act = () => {
    if (wrong) return;
    setAsking(false);
    onTake(marks && left ? { count: left.all, typed: !list.whole } : null);
  };
  const Press = going ? Button : PrimaryButton;
  return (
    <>
      {going && leaving === 0 ? (
        <PrimaryButton onClick={() => onTake(null)}>{t("lists.go_on")}</PrimaryButton>
      ) : (
        <Press onClick={() => (leaving > 0 ? setAsking(true) : onTake(null))}>
          {t("lists.take", { count: list.due })}
        </Press>
      )}
      <FormDialog
        opened={asking}
        title={t("lists.take", { count: list.due })}
        act={t("lists.take_act")}
        onAct={act}
        onClose={() => setAsking(false)}
      >
        <p>{t("lists.left_of", { count: leaving, enrolled: list.enrolled.toLocaleString("en") })}</p>
        {!list.whole && <p>{t("lists.half")}</p>}
        <CheckField label={t("lists.mark_left", { count: leaving })} value={marks} onChange={setMarks} />
        {marks && !list.whole && (
          <TextField
            label={t("lists.type_count")}
            value={typed}
            onChange={setTyped}
            inputMode="numeric"
            error={typed && wrong ? t("lists.wrong_count") : null}
          />
        )}
      </FormDialog>
    </>
  );
}
