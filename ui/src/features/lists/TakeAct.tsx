import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, PrimaryButton } from "../../components/Button";
import { CheckField } from "../../components/fields";
import { FormDialog } from "../../components/FormDialog";
import type { Counted } from "../../generated/Counted";
import type { HeldList } from "../../generated/HeldList";
import { useCounted } from "./use-counted";

/** Takes in what was looked at; asks first where somebody is not on the list any more. */
export function TakeAct({ list, onTake }: { list: HeldList; onTake: (left: Counted | null) => void }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [marks, setMarks] = useState(false);
  const left = list.counts.find(({ outcome }) => outcome === "left");
  const { counted, field } = useCounted(list, left?.all ?? 0);
  const leaving = (left?.all ?? 0) - (left?.taken ?? 0);
  const going = list.stage === "applying";
  if (list.due === 0 && leaving === 0 && !going) return null;
  const act = () => {
    if (marks && !counted) return;
    setAsking(false);
    onTake(marks ? counted : null);
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
        {marks && field}
      </FormDialog>
    </>
  );
}
