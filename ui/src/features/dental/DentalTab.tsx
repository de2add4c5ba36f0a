import { useCallback, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { CompactSelect } from "../../components/CompactSelect";
import { RefusalNote } from "../../components/RefusalNote";
import { Row } from "../../components/Row";
import { Skeleton } from "../../components/Skeleton";
import { useBarred } from "../../forms/use-barred";
import type { Index } from "../../generated/Index";
import type { Mouth } from "../../generated/Mouth";
import type { Tooth } from "../../generated/Tooth";
import { useMay } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { useDates } from "../../i18n/use-dates";
import { useNumbers } from "../../records/numbering";
import type { TabProps } from "../../records/parts";
import { readCalls, type Numbers } from "./called";
import { Clashes } from "./Clashes";
import { withCalls } from "./drawn";
import { Entry, type Hand, type Heard } from "./Entry";
import { Indices } from "./Indices";
import { Legend, Odontogram } from "./Odontogram";
import { PlanPaper } from "./PlanPaper";
import { Rows } from "./Rows";
import { Story } from "./Story";
import { allSound, dentitionOf, type Dentition } from "./teeth";
import style from "./dental.module.css";

/** The mouth of a person: the teeth on a day, what is called of them, what is open and what is planned. */
export function DentalTab(props: TabProps & { forms: ReactNode }) {
  const { patient } = props;
  const [day, setDay] = useState<string | null>(null);
  const mouth = useQueryOf("mouth", day === null ? { patient } : { patient, day }, { keepLast: true });
  if (mouth.error) return <RefusalNote refused={mouth.error} onRetry={() => void mouth.refetch()} />;
  if (!mouth.data) return <Skeleton lines={10} />;
  return <Teeth {...props} mouth={mouth.data} day={day} onDay={setDay} />;
}

interface TeethProps extends TabProps {
  /** The forms of dental visits. */
  forms: ReactNode;
  mouth: Mouth;
  /** The day that is looked at; null for today, on which alone anything is called. */
  day: string | null;
  onDay: (day: string | null) => void;
}

const counted = ({ seen, of }: Index) => ({ seen: String(seen), of: String(of) });

const NONE: Heard = { lines: "", all: false };
const NO_OTHERS = { sound: [], unerupted: [], shed: [] };

function Teeth({ patient, task, onTask, forms, mouth, day, onDay }: TeethProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const mayChart = useMay("dental.chart");
  const mayPlan = useMay("dental.plan");
  const mayAgree = useMay("consent.take");
  const barred = useBarred();
  const visit = useQueryOf("banner", { patient }).data?.visit?.id ?? null;
  const [chosen, setChosen] = useState<Dentition | null>(null);
  const [numbers, setNumbers] = useNumbers();
  const dentition = chosen ?? dentitionOf(mouth.teeth, mouth.age);
  const [at, setAt] = useState<Tooth>(() =>
    dentitionOf(mouth.teeth, mouth.age) === "primary" ? "55" : "18",
  );
  const [round, setRound] = useState(0);
  const [heard, setHeard] = useState(NONE);
  const hand = useRef<Hand | null>(null);
  const onHand = useCallback((next: Hand | null) => void (hand.current = next), []);
  const { milk, permanent } = mouth.indices;
  const open = mouth.rows.length + mouth.more;
  const writes = mayChart && day === null;
  // While another form has the place of the entry, what was called in it waits there.
  const { lines, all } = writes && task === null ? heard : NONE;
  const calls = readCalls(lines, mouth.teeth);
  const called = new Set(calls.filter((call) => !call.planned).map(({ tooth }) => tooth));
  const others = all ? allSound(mouth.teeth, dentition, mouth.age, called) : NO_OTHERS;
  const drawn = withCalls(mouth.teeth, calls, others);
  const dentitions = (["permanent", "primary", "mixed"] as const).map((value) => ({
    value,
    label: t(`dental.dentition.${value}`),
  }));
  const ways = (["fdi", "universal"] as const).map((value) => ({
    value,
    label: t(`dental.number.${value}`),
  }));
  const seen = [
    t("dental.seen", counted(permanent)),
    dentition !== "permanent" && t("dental.milk_seen", counted(milk)),
    open > 0 && t("dental.still_open", { count: open }),
  ].filter(Boolean);
  const story = (
    <Story
      patient={patient}
      tooth={at}
      teeth={mouth.teeth}
      numbers={numbers}
      onTask={onTask}
      writes={mayChart}
    />
  );
  return (
    <div className={style["tab"]}>
      <div className={style["columns"]} data-beside={task !== null || !writes}>
        <div className={style["main"]}>
          {mayChart && barred && <RefusalNote refused={barred} />}
          <Clashes patient={patient} mouth={mouth} numbers={numbers} onTask={onTask} />
          <Card
            title={t("dental.teeth", { date: date(mouth.day) })}
            status={seen.join(" · ")}
            action={
              <span className={style["chosen"]}>
                <Choice
                  label={t("dental.rows")}
                  value={dentition}
                  options={dentitions}
                  onChange={(value) => setChosen(value as Dentition)}
                />
                <Choice
                  label={t("dental.numbers")}
                  value={numbers}
                  options={ways}
                  onChange={(value) => setNumbers(value as Numbers)}
                />
                <Choice
                  label={t("dental.day")}
                  value={day ?? ""}
                  options={[
                    { value: "", label: t("dental.today") },
                    ...mouth.days.map((value) => ({ value, label: date(value) })),
                  ]}
                  onChange={(value) => onDay(value === "" ? null : value)}
                />
              </span>
            }
          >
            <div className={style["chart"]}>
              <Odontogram
                teeth={drawn.teeth}
                dentition={dentition}
                numbers={numbers}
                at={at}
                called={drawn.called}
                onChoose={(tooth) => {
                  setAt(tooth);
                  hand.current?.onChoose(tooth);
                }}
                onKey={writes ? (tooth, key) => hand.current?.onKey(tooth, key) ?? false : undefined}
              />
              <Legend />
            </div>
          </Card>
          <Card title={t("dental.open")} status={<Indices indices={mouth.indices} />}>
            <Rows mouth={mouth} numbers={numbers} onTask={onTask} mayPlan={mayPlan} mayChart={mayChart} />
            <div className={style["acts"]}>
              <Row>
                {mayPlan && (
                  <Button onClick={() => onTask({ of: "treatment", act: "add" })}>{t("dental.plan")}</Button>
                )}
                {mayAgree && mayChart && (
                  <Button onClick={() => onTask({ of: "agree" })}>{t("dental.agree")}</Button>
                )}
                {mayChart && <PlanPaper patient={patient} universal={numbers === "universal"} />}
              </Row>
            </div>
          </Card>
          {(task !== null || !writes) && (
            <Card>
              <div className={style["history"]}>{story}</div>
            </Card>
          )}
          {forms}
        </div>
        {writes && !barred && task === null && (
          <div className={style["entry"]}>
            <Entry
              key={round}
              patient={patient}
              visit={visit}
              mouth={mouth}
              dentition={dentition}
              numbers={numbers}
              at={at}
              onHand={onHand}
              onCalled={setHeard}
              onAt={setAt}
              onSaved={() => setRound(round + 1)}
            >
              {story}
            </Entry>
          </div>
        )}
      </div>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** One of a few, in the head of the chart. */
function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <CompactSelect aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </CompactSelect>
  );
}
