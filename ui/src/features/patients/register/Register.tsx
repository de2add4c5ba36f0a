import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, PrimaryButton } from "../../../components/Button";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { Screen } from "../../../components/Screen";
import { Workspace } from "../../../components/Workspace";
import type { Patient } from "../../../generated/Patient";
import { useHost } from "../../../host/HostProvider";
import { useMay, useSession } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { useDates } from "../../../i18n/use-dates";
import { writtenName } from "../names";
import { useNow } from "../now";
import { AlikeList } from "./AlikeList";
import { tidied } from "./changes";
import { DetailsForm } from "./DetailsForm";
import { focusField } from "./focus-field";
import { keepTyping, keptTyping } from "./kept-typing";
import { typedPerson } from "./typed-name";
import { STRONG, telling, useAlike } from "./use-alike";
import { useDetails } from "./use-details";
import style from "./register.module.css";

interface RegisterProps {
  /** What was typed to find the person. */
  typed: string;
  /** What tells this visit to the screen from others, so that coming back finds the typing again. */
  visit: string;
  onOpen: (patient: string) => void;
  /** Starts their visit; nothing where the role starts none. */
  onVisit?: (patient: string) => void;
}

/** Registers a person: one column, the name first, and at the right who may be here already. */
export function Register(props: RegisterProps) {
  const [round, setRound] = useState(0);
  const [last, setLast] = useState("");
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
  const saved = (name: string) => {
    setLast(name);
    setRound(round + 1);
  };
  return (
    <Round
      key={round}
      {...props}
      typed={round === 0 ? props.typed : ""}
      user={session.user}
      last={last}
      onSaved={saved}
    />
  );
}

interface RoundProps extends RegisterProps {
  user: string;
  /** Who was registered just before, to say so. */
  last: string;
  onSaved: (name: string) => void;
}

function Round({ typed, visit, user, last, onSaved, onOpen, onVisit }: RoundProps) {
  const { t } = useTranslation();
  const { months } = useDates();
  const { day, time } = useNow();
  const host = useHost();
  const [start] = useState((): Patient => keptTyping(visit, user) ?? typedPerson(typed, day, months));
  const typing = useDetails(start);
  const { details } = typing;
  const people = useAlike(details);
  const register = useCommand("register_patient");
  const [asked, setAsked] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState(false);
  const acting = useRef(false);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => focusField(form.current, "family"), []);

  const strip = useRef<HTMLDivElement>(null);
  const someone = people.length > 0;
  useEffect(() => {
    // Whoever is asked is brought to whom they are asked about.
    if (asking && someone) strip.current?.querySelector("button")?.focus();
  }, [asking, someone]);

  const openOther = (patient: string) => {
    keepTyping(visit, user, details);
    onOpen(patient);
  };
  const save = async (then?: (patient: string) => void) => {
    if (acting.current) return;
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
    register.mutate(
      { details: tidied(details) },
      {
        onSuccess: ({ id }) => (then ? then(id) : onSaved(writtenName(details))),
        onError: (refusal) => {
          act(false);
          focusField(form.current, typing.refuse(refusal));
        },
      },
    );
  };
  const told = asking ? (
    <b className={style["ask"]}>{t("patients.alike.ask")}</b>
  ) : last ? (
    t("patients.registered", { name: last, time })
  ) : (
    ""
  );
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
                {t("patients.save_open")}
              </PrimaryButton>
            </div>
          }
        >
          <div ref={strip}>
            <AlikeList people={people} onOpen={openOther} />
          </div>
        </Pane>
      }
    >
      <Screen title={t("patients.register_title")}>
        {register.error && !atField && <RefusalNote refused={register.error} />}
        <div ref={form}>
          <DetailsForm typing={typing} guessed={typed.trim() !== "" && !typed.includes(",")} />
        </div>
      </Screen>
    </Workspace>
  );
}
