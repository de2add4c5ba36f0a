import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../components/EmptyState";
import { FilesButton } from "../../../components/FilesButton";
import { Small } from "../../../components/Small";
import { tell } from "../../../components/tell";
import { TextButton } from "../../../components/TextButton";
import { storedOf } from "../../../forms/changes";
import { KeptPane } from "../../../forms/KeptPane";
import { writeTyping } from "../../../forms/kept";
import { TaskFrame } from "../../../forms/TaskFrame";
import { keptIn, type Left } from "../../../forms/use-left";
import { useRecordForm, type Errors } from "../../../forms/use-record-form";
import type { Banner } from "../../../generated/Banner";
import { asRefused } from "../../../host/host";
import { useCommand } from "../../../host/use-command";
import { useDropped, usePasted } from "../../../host/use-files";
import type { TaskProps } from "../../../records/parts";
import {
  cardsOf,
  detailsOf,
  pathOf,
  saidOf,
  stateOf,
  without,
  type Card,
  type Said,
  type Typed,
  type Values,
} from "./cards";
import { FileCard } from "./FileCard";
import { useInHand } from "./in-hand";
import { TrayPapers } from "./TrayPapers";
import { useLooks } from "./use-looks";

/** Adds files to a chart: each is looked at first, and says what it is. */
export function AddFiles(props: TaskProps<"attachment">) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  return (
    <TaskFrame
      title={t("files.add.title")}
      patient={patient}
      task={task}
      ask={["banner", { patient }]}
      find={(found) => found}
      onClose={() => onTask(null)}
    >
      {(banner, left) => <Form {...props} banner={banner} left={left} />}
    </TaskFrame>
  );
}

const BLANK: Values = { files: {} };
const FIELDS: readonly (keyof Said)[] = ["title", "sort", "taken_on", "note"];

function Form({
  patient,
  task,
  banner,
  left,
  onTask,
}: TaskProps<"attachment"> & { banner: Banner; left: Left }) {
  const { t } = useTranslation();
  const { run, files } = useInHand(patient);
  const add = useCommand("add_file");
  const assign = useCommand("assign_from_tray");
  const [done, setDone] = useState<readonly string[]>([]);
  /** The file that is on its way. */
  const [going, setGoing] = useState("");
  const onClose = () => onTask(null);
  const form = useRecordForm<Values>({
    patient,
    task,
    begun: { seen: { version: null }, before: BLANK },
    kept: keptIn(left, BLANK),
    onClose,
    // What is in the chart by now is not typing any more.
    stored: (values) => storedOf(without(values, done)),
    write: (typing) => writeTyping({ ...typing, values: without(typing.values, done) }),
    at: ({ code, fields }) => {
      const field = FIELDS.find((each) => each === fields["field"]);
      if (!field || (code !== "missing" && code !== "invalid")) return undefined;
      return {
        [pathOf(going, field)]: t(code === "missing" ? "patients.required" : "patients.refused_value"),
      };
    },
  });
  const cards = cardsOf(files, form.values, done);
  const looks = useLooks(patient, cards);
  const lacking = ({ name }: Card, { title, sort }: Said): Errors => ({
    ...(title.trim() ? {} : { [pathOf(name, "title")]: t("files.add.title_required") }),
    ...(sort ? {} : { [pathOf(name, "sort")]: t("patients.required") }),
  });
  const stood = cards.map((card, at) => {
    const look = looks[at] ?? { data: undefined, error: null, again: () => {} };
    return { card, look, said: saidOf(card, look.data), state: stateOf(card, look) };
  });
  const ready = stood.filter(({ state }) => state === "ready");
  const whole = ready.filter(({ card, said }) => Object.keys(lacking(card, said)).length === 0);
  const take = (chosen: readonly File[]) => void run.take(patient, chosen, t("files.add.unnamed"));
  useDropped(take);
  usePasted(take);
  const set = ({ name, taken, typed }: Card, changed: Typed) => {
    const brought = taken?.brought;
    const now = { ...typed, ...(brought ? { brought } : {}), ...changed };
    form.set({ files: { ...form.values.files, [name]: now } });
  };
  const leaveOut = ({ name }: Card) => {
    run.leaveOut(patient, name);
    form.onUnread(pathOf(name, "taken_on"), null);
    form.set(without(form.values, [name]));
  };
  const file = async ({ card, said }: { card: Card; said: Said }) => {
    setGoing(card.name);
    const about = banner.visit?.id ?? null;
    const common = { patient, about, details: detailsOf(said), confirmed: card.taken?.confirmed ?? false };
    if (card.from && "tray" in card.from) await assign.mutateAsync({ ...common, paper: card.from.tray });
    else if (card.from) await add.mutateAsync({ ...common, file: card.from.brought, came_by: "file" });
    setDone((before) => [...before, card.name]);
    run.leaveOut(patient, card.name);
  };
  const send = () =>
    form.act(
      async () => {
        for (const each of ready) {
          try {
            await file(each);
          } catch (reason) {
            // What the file is may have changed: it is looked at once more before it is sent again.
            each.look.again();
            throw asRefused(reason);
          }
        }
        return ready.map(({ card }) => card.name);
      },
      {
        check: () => Object.assign({}, ...ready.map(({ card, said }) => lacking(card, said))) as Errors,
        // Those that were stopped stay in hand, with what was typed of them.
        again: (added) => (stood.length > added.length ? { seen: { version: null }, before: BLANK } : null),
        done: (added) => {
          tell(t("files.add.done", { count: added.length }));
          if (stood.length === added.length) onClose();
        },
      },
    );
  const throwAway = () => {
    run.forget(patient);
    form.throwAway();
  };
  const count = stood.length;
  return (
    <KeptPane
      title={count > 0 ? t("files.add.title_count", { count }) : t("files.add.title")}
      act={
        ready.length === 0
          ? null
          : whole.length < ready.length
            ? t("files.add.act")
            : t("files.add.send", { count: ready.length })
      }
      onAct={send}
      form={{ ...form, throwAway }}
      onClose={onClose}
      ways={<FilesButton onFiles={take}>{t("files.add.choose")}</FilesButton>}
      instead={count > 0 && <TextButton onClick={throwAway}>{t("saved.throw_away")}</TextButton>}
      under={<TrayPapers patient={patient} />}
    >
      {count === 0 && <EmptyState text={t("files.add.intro")} />}
      <div {...form.around} style={{ display: "contents" }}>
        {stood.map(({ card, look, said, state }) => (
          <FileCard
            key={card.name}
            name={card.name}
            state={state}
            looked={look.data}
            refused={card.taken?.refused ?? look.error}
            said={said}
            dateTyped={card.typed.taken_on !== undefined}
            lacks={!whole.some((each) => each.card.name === card.name)}
            confirmed={card.taken?.confirmed ?? false}
            person={banner.person}
            busy={form.busy}
            errors={form.errors}
            unread={form.unread[pathOf(card.name, "taken_on")]?.text}
            onUnread={(unread) => form.onUnread(pathOf(card.name, "taken_on"), unread)}
            onSet={(changed) => set(card, changed)}
            onFiles={take}
            onLost={look.again}
            onLeaveOut={() => leaveOut(card)}
            onConfirm={() => run.confirm(patient, card.name)}
            onPass={(to) => run.pass(patient, to, card.name)}
            onOpen={(twin) => onTask({ of: "file", file: twin })}
          />
        ))}
      </div>
      {count > ready.length && <Small>{t("files.add.ready", { ready: String(ready.length), count })}</Small>}
    </KeptPane>
  );
}
