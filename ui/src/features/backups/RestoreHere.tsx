import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button, PrimaryButton } from "../../components/Button";
import { DoorForm } from "../../components/DoorForm";
import { DoorLayout } from "../../components/DoorLayout";
import { TextArea, TextField } from "../../components/fields";
import { RefusalNote } from "../../components/RefusalNote";
import { Segmented } from "../../components/Segmented";
import { TextButton } from "../../components/TextButton";
import { tell } from "../../components/tell";
import { useHost } from "../../host/HostProvider";
import { asRefused, type ChosenFolder, type Refused } from "../../host/host";
import { useCommand } from "../../host/use-command";
import { useFigures } from "../../i18n/use-figures";
import { InSight } from "./InSight";
import { InstallationField } from "./InstallationField";
import { usePapersFault, usePointTime, type Dated } from "./backup-words";
import { LeftOut } from "./LeftOut";
import { OlderPoint } from "./OlderPoint";
import { PointField } from "./PointField";
import style from "./Backups.module.css";

interface RestoreHereProps {
  /** The choice of what this computer becomes, where it has no clinic. */
  choice?: ReactNode;
  /** Back to the door, where there is one. */
  onBack?: () => void;
}

/** A computer whose records are not here, or do not open, becomes the workstation that a backup is of. */
export function RestoreHere({ choice, onBack }: RestoreHereProps) {
  const { t } = useTranslation();
  const host = useHost();
  const pointTime = usePointTime();
  const papersFault = usePapersFault();
  const { counted } = useFigures();
  const page = useRef<HTMLFormElement>(null);
  const sources = useCommand("restore_sources_here");
  const look = useCommand("restore_here");
  const restore = useCommand("restore_here");
  const [at, setAt] = useState<"place" | "server">("place");
  const [chosen, setChosen] = useState<ChosenFolder | null>(null);
  const [address, setAddress] = useState("");
  const [named, setNamed] = useState("");
  const [number, setNumber] = useState("");
  const [papers, setPapers] = useState("");
  const [unchosen, setUnchosen] = useState<Refused | null>(null);
  const from = at === "server" ? address.trim() || null : (chosen?.id ?? null);
  // What a server has is found with the papers: nobody else is told of it.
  const wrongly = at === "server" && sources.error?.code === "wrong_sheet" ? sources.error : null;
  const refused = restore.error ?? look.error ?? wrongly;
  useEffect(() => page.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus(), [refused]);
  const rows = sources.data?.rows ?? [];
  // Of several computers nobody guesses which is meant.
  const row = rows.find(({ installation }) => installation === named) ?? (rows[1] ? undefined : rows[0]);
  const [older, setOlder] = useState<Dated | null>(null);
  const point = row?.points.find((each) => String(each.number) === number) ?? row?.points[0];
  const wanted = older?.number ?? point?.number;
  const change = (act: () => void) => {
    look.reset();
    restore.reset();
    act();
  };
  const elsewhere = (act: () => void) => {
    sources.reset();
    change(act);
  };
  const choose = () => {
    setUnchosen(null);
    host.chooseFolder().then(
      (folder) => {
        if (folder === null) return;
        change(() => setChosen(folder));
        sources.mutate({ from: folder.id });
      },
      (reason) => setUnchosen(asRefused(reason)),
    );
  };
  const finds = at === "server" && rows.length === 0;
  const busy = look.isPending || restore.isPending || (at === "server" && sources.isPending);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy || from === null || papers.trim() === "") return;
    if (!row) {
      if (finds) sources.mutate({ from, papers });
      return;
    }
    const input = {
      from,
      installation: row.installation,
      ...(wanted === undefined ? {} : { point: wanted }),
      papers,
      check: look.data === undefined,
    };
    if (look.data === undefined) look.mutate(input);
    else {
      restore.mutate(input, {
        onSuccess: ({ entries, files_missing: missing }) => {
          const lacks = missing > 0 ? [t("backups.restore.files_missing", { count: missing })] : [];
          tell([t("backups.at_door.done", { entries: counted("entries", entries) }), ...lacks].join(" "));
          onBack?.();
        },
      });
    }
  };
  const wrong = papersFault(refused);
  return (
    <DoorLayout title={t("backups.at_door.title")} size="long">
      <DoorForm
        ref={page}
        title={t("backups.at_door.title")}
        intro={[t("backups.at_door.intro"), t("backups.at_door.then")]}
        onSubmit={submit}
      >
        {choice}
        {unchosen && <RefusalNote refused={unchosen} />}
        {sources.error && !wrongly && <RefusalNote refused={sources.error} />}
        {refused && wrong === null && (
          <InSight of={refused}>
            <RefusalNote refused={refused} />
            {row && from !== null && (
              <OlderPoint
                refused={refused}
                onChoose={(point) => {
                  change(() => setOlder(point));
                  look.mutate({
                    from,
                    installation: row.installation,
                    point: point.number,
                    papers,
                    check: true,
                  });
                }}
              />
            )}
          </InSight>
        )}
        <div className={style["pane"]}>
          <Segmented<"place" | "server">
            label={t("backups.at_door.folder")}
            value={at}
            options={[
              { value: "place", label: t("backups.at_door.place") },
              { value: "server", label: t("backups.at_door.server") },
            ]}
            onChange={(value) => elsewhere(() => setAt(value))}
          />
          {at === "place" ? (
            <>
              <p className={style["small"]}>{t("backups.restore.choose_note")}</p>
              <Acts>
                <Button onClick={choose} loading={sources.isPending}>
                  {t("backups.at_door.choose")}
                </Button>
                <span role="status">{chosen && t("backups.targets.chosen", { name: chosen.name })}</span>
              </Acts>
            </>
          ) : (
            <TextField
              label={t("backups.at_door.address")}
              hint={t("backups.at_door.address_hint")}
              value={address}
              onChange={(value) => elsewhere(() => setAddress(value))}
              autoComplete="off"
              required
            />
          )}
          {sources.data && rows.length === 0 && <p role="alert">{t("backups.restore.nothing_there")}</p>}
          {rows.length > 0 && (
            <InstallationField
              rows={rows}
              value={row?.installation ?? ""}
              onChange={(value) =>
                change(() => {
                  setNamed(value);
                  setOlder(null);
                })
              }
            />
          )}
          {row && (
            <PointField
              points={row.points}
              value={point?.number}
              older={older}
              onChange={(value) =>
                change(() => {
                  setNumber(value);
                  setOlder(null);
                })
              }
            />
          )}
          {(row || at === "server") && (
            <TextArea
              label={t("backups.at_door.papers")}
              hint={t("backups.restore.papers_hint")}
              lines={5}
              value={papers}
              onChange={(value) => (at === "server" ? elsewhere : change)(() => setPapers(value))}
              error={wrong}
              required
            />
          )}
          {look.data && (
            <InSight of={look.data} live>
              <p data-figures>
                {t(
                  look.data.damaged.length === 0
                    ? "backups.at_door.looked"
                    : "backups.at_door.looked_in_part",
                  {
                    entries: counted("entries", look.data.entries),
                    time: pointTime(look.data.point, row?.points ?? []),
                  },
                )}
              </p>
              <LeftOut damaged={look.data.damaged} missing={look.data.files_missing} />
            </InSight>
          )}
        </div>
        <Acts at={onBack ? "between" : "end"}>
          {onBack && <TextButton onClick={onBack}>{t("door.other")}</TextButton>}
          <PrimaryButton
            type="submit"
            loading={busy}
            disabled={(!row && !finds) || from === null || papers.trim() === ""}
          >
            {t(look.data ? "backups.at_door.act" : finds ? "backups.restore.find" : "backups.at_door.look")}
          </PrimaryButton>
        </Acts>
      </DoorForm>
    </DoorLayout>
  );
}
