import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../../components/Acts";
import { Button, PrimaryButton } from "../../../components/Button";
import { Card } from "../../../components/Card";
import { TextField } from "../../../components/fields";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { Restored } from "../../../components/Restored";
import { Screen } from "../../../components/Screen";
import { Skeleton } from "../../../components/Skeleton";
import { TextButton } from "../../../components/TextButton";
import { Workspace } from "../../../components/Workspace";
import { useBarred } from "../../../forms/use-barred";
import { keptIn, useLeft, type Left } from "../../../forms/use-left";
import { useRecordForm, type Errors } from "../../../forms/use-record-form";
import type { Patient } from "../../../generated/Patient";
import { useHost } from "../../../host/HostProvider";
import { useMay, useSession, useZone } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { ageOn } from "../../../i18n/age";
import { useDates } from "../../../i18n/use-dates";
import { useClock } from "../../../i18n/use-clock";
import { writtenName } from "../names";
import { AlikeList } from "./AlikeList";
import { nameless, storedDetails, tidied } from "./changes";
import { DetailsForm } from "./DetailsForm";
import { LeftBefore } from "./LeftBefore";
import { typedPerson } from "./typed-name";
import { STRONG, telling, useAlike } from "./use-alike";
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

/** The version of the privacy notice that is handed over with the registration. */
interface Notice {
  notice?: string;
  /** Who agrees for somebody under age. */
  guardian?: string;
}

/** Below this age in years a guardian agrees. */
const OF_AGE = 18;

function mayBeMinor(born: string | null | undefined, day: string) {
  const age = born ? ageOn(born, day) : null;
  return age !== null && (age.unit !== "years" || age.count < OF_AGE);
}

/** Who is registered, and the notice that was handed over to them. */
function registered(typed: Patient & Notice) {
  const { notice, guardian, ...details } = typed;
  return {
    details: tidied(details),
    ...(notice?.trim() ? { notice: notice.trim() } : {}),
    ...(guardian?.trim() ? { guardian: guardian.trim() } : {}),
  };
}

/** Registers a person: one column, the name first, and at the right who may be here already. */
export function Register(props: RegisterProps) {
  const session = useSession();
  const mayRegister = useMay("patient.register");
  const barred = useBarred();
  if (!session) return null;
  if (!mayRegister || barred) {
    return (
      <Workspace>
        <RefusalNote refused={mayRegister && barred ? barred : { code: "not_permitted", fields: {} }} />
      </Workspace>
    );
  }
  return <Rounds {...props} user={session.user} />;
}

/** One registration after another, the first with what was left of it. */
function Rounds(props: RegisterProps & { user: string }) {
  const [round, setRound] = useState(0);
  const [last, setLast] = useState("");
  const left = useLeft(props.user, { of: "register", key: props.kept });
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
  const [typedBefore] = useState((): Patient => typedPerson(typed, day, months));
  const form = useRecordForm<Patient & Notice>({
    patient: user,
    task: { of: "register", key: kept },
    begun: { seen: { version: null }, before: typedBefore },
    kept: keptIn<Patient & Notice>(left, {}),
    onClose: onThrown,
    stored: storedDetails,
    first: "family",
  });
  const { values: details, touched, busy } = form;
  const { people, compared } = useAlike(details);
  const { mutateAsync } = useCommand("register_patient");
  const [asked, setAsked] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState(false);

  const strip = useRef<HTMLDivElement>(null);
  const someone = people.length > 0;
  useEffect(() => {
    // Whoever is asked is brought to whom they are asked about.
    if (asking && someone) strip.current?.querySelector("button")?.focus();
  }, [asking, someone]);

  const register = async () => {
    // Typing may have been quicker than the strip, so it is asked once more; without an answer nothing is held up.
    const found = await host.call("similar_patients", { details: telling(details) }).catch(() => null);
    const strong = (found?.people ?? []).filter(({ likeness }) => likeness.score >= STRONG);
    if (strong.every(({ person }) => asked.includes(person.id))) return mutateAsync(registered(details));
    setAsked(strong.map(({ person }) => person.id));
    setAsking(true);
    return null;
  };
  const save = (then?: (patient: string) => void) => {
    // Pressed once too often, when somebody was just saved and the form is a new one.
    if (last !== "" && !touched) return;
    form.act(register, {
      check: lacking,
      done: ({ id }) => (then ? then(id) : onSaved(writtenName(details))),
    });
  };
  const mayConsent = useMay("consent.take");
  // Who agrees to nothing yet needs nobody to agree for them.
  const byGuardian = mayConsent && details.notice?.trim() && mayBeMinor(details.birth_date, day);
  const lacking = (): Errors => ({
    ...nameless(t, details),
    ...(byGuardian && !details.guardian?.trim() ? { guardian: t("patients.required") } : {}),
  });
  const told = asking ? (
    <b className={style["ask"]}>{t("patients.alike.ask")}</b>
  ) : last ? (
    t("patients.registered", { name: last, time })
  ) : form.keptAt ? (
    t("saved.here", { time: form.keptAt })
  ) : (
    ""
  );
  const { since } = form;
  const mayChart = useMay("chart.read");
  const away = touched && !busy && <TextButton onClick={form.throwAway}>{t("saved.throw_away")}</TextButton>;
  return (
    <Workspace
      pane={
        <Pane
          title={t("patients.alike.title")}
          status={told}
          action={
            <Acts at="end">
              <Button shortcut="mod+shift+Enter" onClick={() => save()} loading={busy}>
                {t("patients.save")}
              </Button>
              {onVisit && (
                <Button shortcut="alt+V" onClick={() => save(onVisit)} loading={busy}>
                  {t("visits.save_start")}
                </Button>
              )}
              <PrimaryButton shortcut="mod+Enter" onClick={() => save(onOpen)} loading={busy}>
                {t(mayChart ? "patients.save_open" : "patients.save_banner")}
              </PrimaryButton>
            </Acts>
          }
        >
          <div ref={strip}>
            <AlikeList people={people} compared={compared} onOpen={onOpen} />
          </div>
        </Pane>
      }
    >
      <Screen title={t("patients.register_title")} action={since === null && away}>
        {since !== null && (
          <Restored since={since} zone={zone}>
            {away}
          </Restored>
        )}
        <LeftBefore user={user} shown={kept} onLeft={onLeft} />
        {form.refused && <RefusalNote refused={form.refused} />}
        <div {...form.around}>
          <DetailsForm typing={form} guessed={typed.trim() !== "" && !typed.includes(",")}>
            {mayConsent && (
              <Card title={t("consent.title")}>
                <div className={style["section"]}>
                  <TextField
                    {...form.text("notice")}
                    label={t("consent.notice")}
                    hint={t("consent.notice_hint")}
                    autoComplete="off"
                  />
                  {byGuardian && (
                    <TextField
                      {...form.text("guardian")}
                      label={t("consent.guardian")}
                      hint={t("consent.guardian_hint")}
                      required
                      autoComplete="off"
                    />
                  )}
                </div>
              </Card>
            )}
          </DetailsForm>
        </div>
      </Screen>
    </Workspace>
  );
}
