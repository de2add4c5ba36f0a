import { IconUserPlus } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { tell } from "../../components/tell";
import { Workspace } from "../../components/Workspace";
import type { StaffRow } from "../../generated/StaffRow";
import { useMay } from "../../host/session";
import { useStaff } from "../../host/use-staff";
import { StaffPane } from "./StaffPane";
import { useStaffColumns } from "./staff-columns";

type Task = { kind: "add" } | { kind: "edit"; id: string };

/** The people who work here; whoever may not change them only reads the list. */
export function Staff({ tabs }: { tabs?: ReactNode }) {
  const { t } = useTranslation();
  const mayEdit = useMay("user.edit");
  const staff = useStaff();
  const columns = useStaffColumns();
  const [task, setTask] = useState<Task | null>(null);
  const people = staff.rows ?? [];
  const row = task?.kind === "edit" ? people.find(({ id }) => id === task.id) : undefined;
  const add = () => setTask({ kind: "add" });
  const done = (sentence: string) => {
    setTask(null);
    tell(sentence);
  };
  const pane = task && (task.kind === "add" || row) && (
    <StaffPane
      key={task.kind === "edit" ? task.id : ""}
      row={row ?? null}
      people={people}
      onClose={() => setTask(null)}
      onDone={done}
    />
  );
  const addButton = (
    <Button main={!task} onClick={add} leftSection={<IconUserPlus size="1rem" stroke={1.8} />}>
      {t("staff.add")}
    </Button>
  );
  return (
    <Workspace pane={pane}>
      {tabs}
      <Screen title={t("staff.title")} action={mayEdit && addButton}>
        {staff.error && <RefusalNote refused={staff.error} onRetry={staff.retry} />}
        {!staff.rows && !staff.error && <Skeleton lines={5} />}
        {staff.rows && (
          <DataTable<StaffRow>
            caption={t("staff.caption")}
            columns={columns}
            rows={people}
            keyOf={({ id }) => id}
            {...(mayEdit ? { onOpen: ({ id }: StaffRow) => setTask({ kind: "edit", id }) } : {})}
            empty={<EmptyState text={t("staff.empty")} />}
          />
        )}
      </Screen>
    </Workspace>
  );
}
