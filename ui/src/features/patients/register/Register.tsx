import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, PrimaryButton } from "../../../components/Button";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { Restored } from "../../../components/Restored";
import { Screen } from "../../../components/Screen";
import { Skeleton } from "../../../components/Skeleton";
import { TextButton } from "../../../components/TextButton";
import { Workspace } from "../../../components/Workspace";
import type { Patient } from "../../../generated/Patient";
import type { Kept } from "../../../generated/Kept";
import type { Refused } from "../../../host/host";
import { useHost } from "../../../host/HostProvider";
import { useMay, useSession, useZone } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { useLeft, type Left } from "../../../host/use-left";
import { useScratch } from "../../../host/use-scratch";
import { anyUnread } from "../../../i18n/unread-dates";
import { useDates } from "../../../i18n/use-dates";
import { useClock } from "../../../i18n/use-clock";
import { writtenName } from "../names";
import { AlikeList } from "./AlikeList";
import { changes, tidied } from "./changes";
import { DetailsForm } from "./DetailsForm";
import { draftText, keptDraft, registration } from "./draft";
import { focusField } from "./focus-field";
import { LeftBefore } from "./LeftBefore";
import { typedPerson } from "./typed-name";
import { STRONG, telling, useAlike } from "./use-alike";
import { useDetails } from "./use-details";
import style from "./register.module.css";

interface RegisterProps {
  /** What was typed to find the person. */
  typed: string;
  /** Under this the typing is kept: whoever comes back to the same finds it again. */
  kept: string;
  onOpen: (patient: string) => void;
  /** Goes on with a registration that was left before. */
  onLeft: (kept: string) => void;
  /** Starts their visit; nothing where the role starts none. */
  onVisit?: (patient: string) => void;
}

/** Registers a person: one column, the name first, and at the right who may be here already. */
export function Register(props: RegisterProps) {
  const session = useSession();
  const mayRegister = useMay("patient.register");
  if (!session) return null;
  if (!mayRegister) {
    return (
      <Workspace>
        <RefusalNote refused={{ code: "not_permitted", fields: {} }} />
      </Workspace>
    );
  }
  return <Rounds {...props} user={session.user} />;
}

/** One registration after another, the first with what was left of it. */
function Rounds(props: RegisterProps & { user: string }) {
  const [round, setRound] = useState(0);
  const [last, setLast] = useState("");
  const left = useLeft(props.user, registration(props.kept));
  if (!left) {
    return (
      <Workspace>
        <Skeleton lines={10} />
      </Workspace>
    );
  }
  const anew = (name: string) => {
    setLast(name);
    setRound(round + 1);
  };
  return (
    <Round
      key={round}
      {...props}
      typed={round === 0 ? props.typed : ""}
      left={round === 0 ? left : { row: null }}
      last={last}
      onSaved={anew}
      onThrown={() => anew("")}
    />
  );
}

interface RoundProps extends RegisterProps {
  user: string;
  left: Left;
  /** Who was registered just before, to say so. */
  last: string;
  onSaved: (name: string) => void;
  /** What was typed is thrown away. */
  onThrown: () => void;
}

function Round(props: RoundProps) {
  const { typed, kept, user, left, last, onSaved, onThrown, onOpen, onVisit, onLeft } = props;
  const { t } = useTranslation();
  const { months } = useDates();
  const zone = useZone();
  const { day, time } = useClock(zone);
  const host = useHost();
  const [draft] = useState(() => keptDraft(left.row));
  const [before] = useState((): Patient => draft?.before ?? typedPerson(typed, day, months));
  const acting = useRef(false);
  const [busy, setBusy] = useState(false);
  const typing = useDetails(draft?.values ?? before, draft?.unread ?? {}, busy);
  const { details, unread } = typing;
  const people = useAlike(details);
  const register = useCommand("register_patient");
  const touched = Object.keys(changes(before, details)).length > 0 || anyUnread(unread);
  const text = draftText({ version: null, before, values: details, unread });
  const scratch = useScratch(user, registration(kept), text, touched, draft !== null, register.isPending);
  const [asked, setAsked] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => focusField(form.current, "family"), []);

  const strip = useRef<HTMLDivElement>(null);
  const someone = people.length > 0;
  useEffect(() => {
    // Whoever is asked is brought to whom they are asked about.
    if (asking && someone) strip.current?.querySelector("button")?.focus();
  }, [asking, someone]);

  const save = async (then?: (patient: string) => void) => {
    // Pressed once too often, when somebody was just saved and the form is a new one.
    if (acting.current || (last !== "" && !touched)) return;
    const wrong = typing.check();
    if (wrong) return focusField(form.current, wrong);
    // Whoever was registered is not registered again while their chart is on its way.
    const act = (now: boolean) => {
      acting.current = now;
      setBusy(now);
    };
    act(true);
    // Typing may have been quicker than the strip, so it is asked once more; without an answer nothing is held up.
    const found = await host.call("similar_patients", { details: telling(details) }).catch(() => null);
    const strong = (found?.people ?? []).filter(({ likeness }) => likeness.score >= STRONG);
    if (strong.some(({ person }) => !asked.includes(person.id))) {
      act(false);
      setAsked(strong.map(({ person }) => person.id));
      return setAsking(true);
    }
    const registered = ({ id }: Kept) => {
      scratch.forget();
      // Whoever left before the answer is not called back.
      if (!form.current) return;
      if (then) then(id);
      else onSaved(writtenName(details));
    };
    const refused = (refusal: Refused) => {
      act(false);
      focusField(form.current, typing.refuse(refusal));
    };
    scratch.until(register.mutateAsync({ details: tidied(details) }).then(registered, refused));
  };
  const throwAway = () => {
    scratch.forget();
    onThrown();
  };
  const told = asking ? (
    <b className={style["ask"]}>{t("patients.alike.ask")}</b>
  ) : last ? (
    t("patients.registered", { name: last, time })
  ) : scratch.keptAt ? (
    t("saved.here", { time: scratch.keptAt })
  ) : (
    ""
  );
  const restored = draft && touched && left.row;
  const mayChart = useMay("chart.read");
  const away = touched && !busy && <TextButton onClick={throwAway}>{t("saved.throw_away")}</TextButton>;
  const atField = Object.keys(typing.errors).length > 0;
  return (
    <Workspace
      pane={
        <Pane
          title={t("patients.alike.title")}
          status={told}
          action={
            <div className={style["acts"]}>
              <Button shortcut="mod+shift+Enter" onClick={() => void save()} loading={busy}>
                {t("patients.save")}
              </Button>
              {onVisit && (
                <Button shortcut="alt+V" onClick={() => void save(onVisit)} loading={busy}>
                  {t("visits.save_start")}
                </Button>
              )}
              <PrimaryButton shortcut="mod+Enter" onClick={() => void save(onOpen)} loading={busy}>
                {t(mayChart ? "patients.save_open" : "patients.save_banner")}
              </PrimaryButton>
            </div>
          }
        >
          <div ref={strip}>
            <AlikeList people={people} onOpen={onOpen} />
          </div>
        </Pane>
      }
    >
      <Screen title={t("patients.register_title")} action={!restored && away}>
        {restored && (
          <Restored since={restored.at} zone={zone}>
            {away}
          </Restored>
        )}
        <LeftBefore user={user} shown={kept} onLeft={onLeft} />
        {register.error && !atField && <RefusalNote refused={register.error} />}
        <div ref={form}>
          <DetailsForm typing={typing} guessed={typed.trim() !== "" && !typed.includes(",")} />
        </div>
      </Screen>
    </Workspace>
  );
}
