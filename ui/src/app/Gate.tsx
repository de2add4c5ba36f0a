import { useEffect, useEffectEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DoorLayout } from "../components/DoorLayout";
import { RefusalNote } from "../components/RefusalNote";
import { hush } from "../components/tell";
import { MustChangePassword } from "../features/access/ChangePassword";
import { LockScreen } from "../features/access/LockScreen";
import { SheetDoor } from "../features/access/SheetDoor";
import { RestoreHere } from "../features/backups/RestoreHere";
import { EmptyComputer } from "../features/clinic/EmptyComputer";
import { Joined } from "../features/clinic/Joined";
import { Papers } from "../features/clinic/Papers";
import type { Refused } from "../host/host";
import { useCommand, useQueryOf } from "../host/use-command";
import { useDoor } from "./door";
import style from "./Gate.module.css";

interface GateProps {
  /** The desk, drawn only while somebody is at work. */
  children: ReactNode;
  /** The door is drawn for the first time. */
  onStands: () => void;
  /** Nobody is signed in: whoever comes next does not start where the last one was. */
  onShut: () => void;
}

/** Everything between an empty computer and a person at work. */
export function Gate({ children, onStands, onShut }: GateProps) {
  const door = useDoor();
  const found = useCommand("found_clinic");
  const join = useCommand("enrol");
  const state = door.data?.state;
  const shut = useEffectEvent(onShut);
  const stands = useEffectEvent(onStands);
  useEffect(() => {
    if (state === "locked") shut();
    // What was told to whoever was at work is nothing for who comes to the door.
    if (state !== "open") hush();
  }, [state]);
  const answered = !door.isPending;
  useEffect(() => {
    if (answered) stands();
  }, [answered]);
  if (door.error && !door.data) return <Shut refused={door.error} onRetry={() => void door.refetch()} />;
  if (!door.data) return null;
  // The desk is open as soon as the clinic is founded, but its papers are shown this once.
  if (found.isPending || join.isPending || state === "empty") {
    return (
      <EmptyComputer
        found={{
          run: (clinic) => found.mutate(clinic),
          refused: found.error,
          onMend: found.reset,
          busy: found.isPending,
        }}
        join={{ run: (code) => join.mutate(code), refused: join.error, busy: join.isPending }}
        restore={(choice) => <RestoreHere choice={choice} />}
      />
    );
  }
  if (join.data) return <Joined enrolled={join.data} onDone={join.reset} />;
  if (found.data) {
    return <Papers founded={found.data} onDone={found.reset} onLater={found.reset} />;
  }
  const restore = (onBack: () => void) => <RestoreHere onBack={onBack} />;
  if (state === "damaged") return <SheetDoor door={door.data} restore={restore} />;
  if (state !== "open") {
    return <LockScreen door={door.data} at={door.dataUpdatedAt} restore={restore} />;
  }
  return <Inside>{children}</Inside>;
}

function Inside({ children }: { children: ReactNode }) {
  const session = useQueryOf("session", {});
  if (session.data?.must_change_password) return <MustChangePassword session={session.data} />;
  if (session.data) return children;
  return session.error ? <Shut refused={session.error} onRetry={() => void session.refetch()} /> : null;
}

function Shut({ refused, onRetry }: { refused: Refused; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <DoorLayout title={t("app.name")}>
      <h1 tabIndex={-1} className={style["shut"]}>
        {t("door.shut")}
      </h1>
      <RefusalNote refused={refused} onRetry={onRetry} />
    </DoorLayout>
  );
}
