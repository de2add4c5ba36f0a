import { Outlet, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNote } from "../components/RefusalNote";
import { tell } from "../components/tell";
import { TextButton } from "../components/TextButton";
import { ChangePassword } from "../features/access/ChangePassword";
import { SheetDialog } from "../features/clinic/SheetDialog";
import { FilesInHand } from "../features/files/add/in-hand";
import { ImportInHand } from "../features/import/in-hand";
import { ListInHand } from "../features/lists/in-hand";
import type { Session } from "../generated/commands";
import { useMay, useSession } from "../host/session";
import { useQueryOf } from "../host/use-command";
import { clockText } from "../i18n/dates";
import { DeskActsContext } from "./desk-acts";
import { Find } from "./Find";
import { Frame } from "./Frame";
import { IDLE, useIdle } from "./idle";
import { useKeysBack } from "./keys-back";
import { useLeave } from "./leave";
import { usePersonLook } from "./person-look";
import { useRouteFocus } from "./route-focus";
import { Shortcuts } from "./Shortcuts";
import { Strip } from "./Strip";

type Over = "find" | "help" | "password" | "sheet";

/** The frame around the screen of the address, for the person signed in. */
export function Desk() {
  const session = useSession();
  return session && <DeskOf key={session.user} session={session} />;
}

function DeskOf({ session }: { session: Session }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useRouteFocus();
  useKeysBack(session.user);
  const [over, setOver] = useState<Over | null>(null);
  const close = () => setOver(null);
  const status = useQueryOf("status", {});
  const maySettle = useMay("conflict.resolve");
  const mayLetIn = useMay("workstation.edit");
  const leave = useLeave();
  useIdle(IDLE, leave.lock);
  const look = usePersonLook(session.user);
  const acts = {
    lock: leave.lock,
    signOut: leave.signOut,
    changePassword: () => setOver("password"),
    help: () => setOver("help"),
    look,
  };
  const done = (sentence: string) => {
    close();
    tell(sentence);
  };
  const since = t("person.since", { time: clockText(session.since, session.time_zone) });
  const conflicts = status.data?.conflicts ?? 0;
  // A clinic with a server has all of it there too.
  const alarm = status.data?.attached && status.data.backup === "no_target" ? null : status.data?.backup;
  return (
    <DeskActsContext value={acts}>
      <Frame
        site={session.site}
        status={status.data ?? null}
        person={{
          name: session.name,
          said: `${session.title ?? ""} ${session.name}`.trim(),
          about: `${t(`role.${session.role}`)} · ${since}`,
        }}
        {...(maySettle
          ? { inbox: { waiting: conflicts, onOpen: () => void navigate({ to: "/conflicts" }) } }
          : {})}
        acts={acts}
        onFind={() => setOver("find")}
        strip={
          mayLetIn && status.data?.trouble?.code === "restored" ? (
            <Strip
              action={
                <TextButton onClick={() => void navigate({ to: "/admin/health" })}>
                  {t("today.restored_act")}
                </TextButton>
              }
            >
              {t("today.restored")}
            </Strip>
          ) : session.must_confirm_sheet && session.role === "administrator" ? (
            <Strip action={<TextButton onClick={() => setOver("sheet")}>{t("today.sheet_act")}</TextButton>}>
              {t("today.sheet")}
            </Strip>
          ) : (
            alarm && (
              <Strip
                action={
                  <TextButton onClick={() => void navigate({ to: "/admin/backups" })}>
                    {t("today.backup_act")}
                  </TextButton>
                }
              >
                {t(`today.backup.${alarm}`)}
              </Strip>
            )
          )
        }
      >
        {leave.refused && <RefusalNote refused={leave.refused} />}
        <ImportInHand>
          <ListInHand>
            <FilesInHand>
              <Outlet />
            </FilesInHand>
          </ListInHand>
        </ImportInHand>
        <Find opened={over === "find"} onClose={close} />
        <Shortcuts opened={over === "help"} onClose={close} />
        {over === "password" && <ChangePassword onClose={close} onDone={() => done(t("password.changed"))} />}
        {over === "sheet" && <SheetDialog onClose={close} onDone={() => done(t("papers.done"))} />}
      </Frame>
    </DeskActsContext>
  );
}
