import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DoorLayout } from "../../components/DoorLayout";
import type { Door } from "../../generated/commands";
import { useCommand } from "../../host/use-command";
import { TextButton } from "../../components/TextButton";
import { PasswordGate } from "./PasswordGate";
import { SheetDoor } from "./SheetDoor";
import { WhoIsIt } from "./WhoIsIt";
import style from "./SheetDoor.module.css";

interface LockScreenProps {
  door: Door;
  /** When the door told its waits, in milliseconds since 1970. */
  at: number;
  /** Draws the way back from a backup, where the records do not open. */
  restore: (onBack: () => void) => ReactNode;
}

/** Nobody is at work: choose who it is, then the password; or the password of whoever locked the screen. */
export function LockScreen({ door, at, restore }: LockScreenProps) {
  if (door.state === "screen_locked") return <Locked door={door} at={at} />;
  return <Choose door={door} at={at} restore={restore} />;
}

function Choose({ door, at, restore }: LockScreenProps) {
  const { t } = useTranslation();
  const [user, setUser] = useState<string | null>(null);
  const signIn = useCommand("sign_in");
  const [bySheet, setBySheet] = useState(false);
  const [fromBackup, setFromBackup] = useState(false);
  const person = door.people.find((each) => each.user === user);
  if (fromBackup) return restore(() => setFromBackup(false));
  if (bySheet) return <SheetDoor door={door} onBack={() => setBySheet(false)} restore={restore} />;
  return (
    <DoorLayout title={t(person ? "door.sign_in" : "door.title")} clinic={door.clinic} site={door.site}>
      {signIn.error?.code === "store_damaged" && (
        <p className={style["lost"]} role="status">
          {t("sheet_door.from_backup")}{" "}
          <TextButton onClick={() => setFromBackup(true)}>{t("backups.at_door.becomes")}</TextButton>
        </p>
      )}
      {person ? (
        <PasswordGate
          key={person.user}
          person={person}
          administrators={administratorsBeside(door, person.user)}
          at={at}
          act={t("door.sign_in")}
          send={(password, answered) =>
            signIn.mutate({ who: person.sign_in, password }, { onError: answered })
          }
          refused={signIn.error}
          busy={signIn.isPending}
          onOther={() => {
            signIn.reset();
            setUser(null);
          }}
        />
      ) : (
        <>
          <WhoIsIt people={door.people} at={at} onChoose={setUser} />
          {door.damaged.length > 0 && (
            <p className={style["lost"]} role="status">
              {t("sheet_door.lost")}{" "}
              <TextButton onClick={() => setBySheet(true)}>{t("sheet_door.by_sheet")}</TextButton>
            </p>
          )}
        </>
      )}
    </DoorLayout>
  );
}

function Locked({ door, at }: Omit<LockScreenProps, "restore">) {
  const { t } = useTranslation();
  const unlock = useCommand("unlock");
  const signOut = useCommand("sign_out");
  const person = door.people.find((each) => each.user === door.user);
  return (
    <DoorLayout title={t("door.locked")} clinic={door.clinic} site={door.site}>
      {person && (
        <PasswordGate
          person={person}
          administrators={administratorsBeside(door, person.user)}
          at={at}
          act={t("door.unlock")}
          note={t("door.locked_note")}
          otherNote={t("door.other_note", { name: person.name })}
          send={(password, answered) => unlock.mutate({ password }, { onError: answered })}
          refused={unlock.error ?? signOut.error}
          busy={unlock.isPending || signOut.isPending}
          onOther={() => signOut.mutate({})}
        />
      )}
    </DoorLayout>
  );
}

/** The administrators of this computer but for `user`, by name. */
function administratorsBeside({ people }: Door, user: string): string[] {
  return people.filter((each) => each.role === "administrator" && each.user !== user).map(({ name }) => name);
}
