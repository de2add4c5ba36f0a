import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button, PrimaryButton } from "../../components/Button";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { FieldTrouble, TextField } from "../../components/fields";
import { Pane } from "../../components/Pane";
import { RefusalNote } from "../../components/RefusalNote";
import { Segmented } from "../../components/Segmented";
import { tell } from "../../components/tell";
import type { TargetRow } from "../../generated/TargetRow";
import type { TargetSort } from "../../generated/TargetSort";
import { useHost } from "../../host/HostProvider";
import { asRefused, type ChosenFolder, type Refused } from "../../host/host";
import { useCommand } from "../../host/use-command";
import style from "./Backups.module.css";

interface TargetPaneProps {
  /** The target; none for a new one. */
  row?: TargetRow;
  /** Whether the clinic has a server that is no target yet. */
  server?: boolean;
  onClose: () => void;
  onDone: (sentence: string) => void;
}

/** Adds a target, or names one anew, reads it whole, and takes it away. */
export function TargetPane({ row, server = false, onClose, onDone }: TargetPaneProps) {
  const { t } = useTranslation();
  const host = useHost();
  const body = useRef<HTMLDivElement>(null);
  const edit = useCommand("edit_targets");
  const check = useCommand("check_backup");
  const backUp = useCommand("back_up_now");
  const [name, setName] = useState(row?.name ?? "");
  const [sort, setSort] = useState<TargetSort | "">(row?.sort ?? "");
  const [place, setPlace] = useState<ChosenFolder | null>(null);
  const [told, setTold] = useState(false);
  const [asking, setAsking] = useState(false);
  const [unchosen, setUnchosen] = useState<Refused | null>(null);
  const needed = (missing: boolean) => (told && missing ? t("found.needed") : null);
  const missing = {
    name: name.trim() === "",
    sort: !row && sort === "",
    place: !row && sort !== "server" && place === null,
  };
  const choose = () => {
    setUnchosen(null);
    host.chooseFolder().then(
      (folder) => folder !== null && setPlace(folder),
      (reason) => setUnchosen(asRefused(reason)),
    );
  };
  const act = () => {
    setTold(true);
    if (missing.name || missing.sort || missing.place) {
      requestAnimationFrame(() => body.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus());
      return;
    }
    if (edit.isPending) return;
    const input = row
      ? { target: row.id, name: name.trim(), place: null, sort: null, remove: false }
      : {
          target: null,
          name: name.trim(),
          place: place?.id ?? null,
          sort: sort === "" ? null : sort,
          remove: false,
        };
    edit.mutate(input, {
      onSuccess: () => (row ? onClose() : onDone(t("backups.targets.added"))),
      // A place is good for one try: it is chosen again.
      onError: () => setPlace(null),
    });
  };
  const remove = () => {
    if (!row) return;
    edit.mutate(
      { target: row.id, name: null, place: null, sort: null, remove: true },
      { onSuccess: () => onDone(t("backups.targets.removed")), onError: () => setAsking(false) },
    );
  };
  const refused = edit.error ?? check.error ?? backUp.error ?? unchosen;
  return (
    <Pane
      title={row?.name ?? t("backups.targets.title")}
      onClose={onClose}
      action={
        <PrimaryButton shortcut="mod+Enter" onClick={act} loading={edit.isPending}>
          {t(row ? "backups.targets.save" : "backups.targets.add")}
        </PrimaryButton>
      }
    >
      <div ref={body} className={style["pane"]}>
        {refused && <RefusalNote refused={refused} />}
        <TextField
          label={t("backups.targets.name")}
          hint={t("backups.targets.name_hint")}
          value={name}
          onChange={setName}
          error={needed(missing.name)}
          maxLength={60}
          autoComplete="off"
          required
          autoFocus
        />
        {row ? (
          <>
            {row.place && <p className={style["small"]}>{row.place}</p>}
            <Acts>
              <Button
                loading={backUp.isPending}
                onClick={() =>
                  backUp.mutate(
                    { target: row.id, complete: true },
                    { onSuccess: () => tell(t("backups.ordered")) },
                  )
                }
              >
                {t("backups.all_of_it")}
              </Button>
              {row.last && (
                <Button
                  loading={check.isPending}
                  onClick={() =>
                    check.mutate({ target: row.id }, { onSuccess: () => tell(t("backups.checking")) })
                  }
                >
                  {t("backups.check")}
                </Button>
              )}
              <Button onClick={() => setAsking(true)}>{t("backups.targets.remove")}</Button>
            </Acts>
          </>
        ) : (
          <>
            <Segmented<TargetSort>
              label={t("backups.targets.sort")}
              value={sort}
              options={[
                { value: "folder", label: t("backups.targets.folder") },
                { value: "stick", label: t("backups.targets.stick") },
                ...(server ? [{ value: "server" as const, label: t("backups.targets.server") }] : []),
              ]}
              onChange={setSort}
              error={needed(missing.sort)}
              required
            />
            {sort === "server" ? (
              <p className={style["small"]}>{t("backups.targets.server_hint")}</p>
            ) : (
              <>
                <Acts>
                  <Button onClick={choose}>{t("backups.targets.choose")}</Button>
                  <span role="status">
                    {place !== null && t("backups.targets.chosen", { name: place.name })}
                  </span>
                </Acts>
                {needed(missing.place) && <FieldTrouble text={t("found.needed")} />}
                <p className={style["small"]}>{t("backups.targets.choose_hint")}</p>
              </>
            )}
          </>
        )}
      </div>
      {row && (
        <ConfirmDialog
          opened={asking}
          title={t("backups.targets.remove_title", { name: row.name })}
          act={t("backups.targets.remove")}
          onAct={remove}
          onClose={() => setAsking(false)}
          busy={edit.isPending}
        >
          {t("backups.targets.remove_text")}
        </ConfirmDialog>
      )}
    </Pane>
  );
}
