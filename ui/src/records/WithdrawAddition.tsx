import { useTranslation } from "react-i18next";
import { ReasonPane } from "../forms/ReasonPane";
import type { Left } from "../forms/use-left";
import { useReason } from "../forms/use-reason";
import type { AddendumRow } from "../generated/AddendumRow";
import { useCommand } from "../host/use-command";
import { Additions } from "./Additions";
import type { TaskProps } from "./parts";

type WithdrawAdditionProps = TaskProps<"addendum" | "form"> & { addendum: AddendumRow; left: Left };

/** Withdraws what was added to a signed document in error. */
export function WithdrawAddition({ patient, task, addendum, left, onTask }: WithdrawAdditionProps) {
  const { t } = useTranslation();
  const { mutateAsync } = useCommand("void_addendum");
  const onClose = () => onTask(null);
  const form = useReason({ patient, task, left, onClose });
  const { id, version } = addendum;
  return (
    <ReasonPane
      title={t("addenda.withdraw.title")}
      act={t("addenda.withdraw.act")}
      onAct={() => form.send((reason) => mutateAsync({ id, version, reason }), onClose)}
      form={form}
      onClose={onClose}
    >
      <Additions addenda={[addendum]} />
      <p>{t("addenda.withdraw.text")}</p>
    </ReasonPane>
  );
}
