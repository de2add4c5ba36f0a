import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button } from "../../components/Button";
import { FormDialog } from "../../components/FormDialog";
import type { Counted } from "../../generated/Counted";
import type { HeldList } from "../../generated/HeldList";
import { useCounted } from "./use-counted";

export type SettleAll = (choice: "keep" | "take", rows: Counted) => void;

/** Decides about all rows of which the list says something else; what was left out stays so, and each can be changed after. */
export function ChangedActs({ list, onSettle }: { list: HeldList; onSettle: SettleAll }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const changed = list.counts.find(({ outcome }) => outcome === "changed");
  const count = (changed?.all ?? 0) - (changed?.taken ?? 0);
  const { counted, field } = useCounted(list, count);
  if (count === 0) return null;
  const take = () => {
    if (!counted) return;
    setAsking(false);
    onSettle("take", counted);
  };
  return (
    <>
      <Acts>
        <Button onClick={() => onSettle("keep", { count, typed: false })}>{t("lists.keep_all")}</Button>
        <Button onClick={() => setAsking(true)}>{t("lists.take_all")}</Button>
      </Acts>
      <FormDialog
        opened={asking}
        title={t("lists.take_all_title", { count })}
        act={t("lists.take_all")}
        onAct={take}
        onClose={() => setAsking(false)}
      >
        <p>{t("lists.take_all_means")}</p>
        {field}
      </FormDialog>
    </>
  );
}
