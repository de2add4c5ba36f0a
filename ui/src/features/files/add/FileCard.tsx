import { useNavigate } from "@tanstack/react-router";
import { IconAlertTriangle, IconCheck, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { ConfirmDialog } from "../../../components/ConfirmDialog";
import { DateField } from "../../../components/DateField";
import { SelectField, TextArea, TextField } from "../../../components/fields";
import { FilesButton } from "../../../components/FilesButton";
import { IconButton } from "../../../components/IconButton";
import { Beside } from "../../../components/Pane";
import { Row } from "../../../components/Row";
import { Tag, type TagKind } from "../../../components/Tag";
import { TextButton } from "../../../components/TextButton";
import { taskName } from "../../../forms/task";
import type { Errors } from "../../../forms/use-record-form";
import type { PersonRow } from "../../../generated/PersonRow";
import type { RecordId } from "../../../generated/RecordId";
import { refusalText, type RefusalLike } from "../../../i18n/refusal";
import { useZone } from "../../../host/session";
import type { UnreadDate } from "../../../i18n/unread-dates";
import { useClock } from "../../../i18n/use-clock";
import { useDates } from "../../../i18n/use-dates";
import { useFigures } from "../../../i18n/use-figures";
import { choiceWord } from "../../../records/words";
import { PersonField } from "../move/PersonField";
import { usePersonWords } from "../move/use-person-words";
import { LONGEST_TITLE, useSorts } from "../sorts";
import { Thumb } from "../../../records/Thumb";
import type { Looked, Says } from "../types";
import { typeWord } from "../words";
import { pathOf, type CardState, type Said } from "./cards";
import style from "./add.module.css";

interface FileCardProps {
  name: string;
  state: CardState;
  looked: Looked | undefined;
  refused: RefusalLike | null;
  said: Said;
  /** Somebody typed the day; until then it is the file’s own. */
  dateTyped: boolean;
  /** Its title or its sort is missing. */
  lacks: boolean;
  confirmed: boolean;
  person: PersonRow;
  busy: boolean;
  errors: Errors;
  unread: string | undefined;
  onUnread: (unread: UnreadDate | null) => void;
  onSet: (changed: Partial<Said>) => void;
  onFiles: (files: readonly File[]) => void;
  /** Its picture was used up. */
  onLost: () => void;
  onLeaveOut: () => void;
  onConfirm: () => void;
  onPass: (to: RecordId) => void;
  onOpen: (file: RecordId) => void;
}

/** So large the largest sort may be, an X-ray, in megabytes. */
const LARGEST_SORT = 100;

const TAGS: Record<CardState, TagKind> = {
  bringing: "plain",
  ready: "ok",
  stopped: "warn",
  refused: "danger",
  gone: "warn",
};

/** A file before it is filed: what it is, what is kept of it, whom it names, and what a person says of it. */
export function FileCard(props: FileCardProps) {
  const { name, state, looked, refused, lacks, onLeaveOut } = props;
  const { t } = useTranslation();
  const words = refused && state === "refused" ? refusalText(t, refused) : null;
  // Another sort may be larger, once the program has it: what it is can be said.
  const tooLarge = refused?.fields["reason"] === "too_large" && Number(refused.fields["most"]) < LARGEST_SORT;
  const unfilled = state === "ready" && lacks;
  return (
    <section className={style["card"]} aria-label={name}>
      <header className={style["head"]}>
        <span className={style["thumb"]}>
          <Thumb
            picture={looked?.thumb ?? null}
            mediaType={looked?.original_type ?? ""}
            onLost={props.onLost}
          />
        </span>
        <span className={style["name"]}>
          <b title={name}>{name}</b>
          <small>{looked ? <Kept looked={looked} /> : state === "bringing" && t("files.add.bringing")}</small>
        </span>
        {state !== "bringing" && (
          <Tag kind={unfilled ? "plain" : TAGS[state]}>
            {t(`files.add.state.${unfilled ? "lacks" : state}`)}
          </Tag>
        )}
        <IconButton icon={IconX} label={t("files.add.remove", { name })} onClick={onLeaveOut} />
      </header>
      {words && (
        <p className={style["bad"]} role="alert">
          <b>{words.what}</b> {words.todo}
        </p>
      )}
      {(!words || tooLarge) && <Fields {...props} />}
      {state === "gone" && (
        <div className={style["bad"]} role="alert">
          <p>{t("files.add.gone", { name })}</p>
          <FilesButton single onFiles={props.onFiles}>
            {t("files.add.again")}
          </FilesButton>
        </div>
      )}
      {looked && <Found {...props} looked={looked} />}
      {state === "stopped" && looked?.says && <Somebody {...props} says={looked.says} />}
      {props.confirmed && <p className={style["told"]}>{t("files.names.confirmed")}</p>}
    </section>
  );
}

/** What it is and how large, and as what it is kept. */
function Kept({ looked }: { looked: Looked }) {
  const { t } = useTranslation();
  const { size } = useFigures();
  const { original_type, original_bytes, bytes, pages, reduced } = looked;
  const came = size(original_bytes);
  const kept = reduced ? t("files.add.smaller", { from: came, to: size(bytes) }) : came;
  return [typeWord(t, original_type), (pages ?? 1) > 1 && t("files.pages", { count: pages ?? 1 }), kept]
    .filter(Boolean)
    .join(" · ");
}

function Fields({ name, said, dateTyped, looked, busy, errors, unread, onUnread, onSet }: FileCardProps) {
  const { t } = useTranslation();
  const sorts = useSorts();
  const today = useClock(useZone()).day;
  // What the file says comes later than the field; once somebody types there, the field stays as it is.
  const [told, setTold] = useState(looked?.taken_on ?? "");
  if (!dateTyped && told !== (looked?.taken_on ?? "")) setTold(looked?.taken_on ?? "");
  const field = (of: keyof Said) => ({
    name: pathOf(name, of),
    value: said[of],
    onChange: (text: string) => onSet({ [of]: text }),
    error: errors[pathOf(name, of)],
  });
  return (
    <div className={style["fields"]}>
      <TextField
        {...field("title")}
        label={t("files.title_label")}
        maxLength={LONGEST_TITLE}
        autoComplete="off"
        readOnly={busy}
        required
      />
      <Beside>
        <SelectField
          {...field("sort")}
          label={t("files.facts.sort")}
          options={sorts}
          disabled={busy}
          required
        />
        <DateField
          key={told}
          {...field("taken_on")}
          readOnly={busy}
          label={t("files.facts.taken_on")}
          hint={t("files.add.date_hint")}
          today={today}
          unread={unread}
          onUnread={onUnread}
        />
      </Beside>
      <TextArea {...field("note")} label={t("files.facts.note")} lines={1} readOnly={busy} />
    </div>
  );
}

/** What was found in the file itself. */
function Found({ looked, onOpen }: FileCardProps & { looked: Looked }) {
  const { t } = useTranslation();
  const { removed, active, twice } = looked;
  const taken = removed.map((word) => choiceWord(t, "attachment", "removed", word)).join(", ");
  const carried = active.map((word) => t(`files.add.${word as "script"}`)).join(", ");
  return (
    <>
      {taken && (
        <p className={style["told"]}>
          <IconCheck size="1rem" stroke={1.8} aria-hidden="true" /> {t("files.add.removed", { what: taken })}
        </p>
      )}
      {carried && <p className={style["told"]}>{t("files.add.danger", { what: carried })}</p>}
      {twice && (
        <p className={style["told"]} role="status">
          {t("files.add.twice")} <TextButton onClick={() => onOpen(twice)}>{t("files.open")}</TextButton>
        </p>
      )}
    </>
  );
}

/** The file names somebody else: it is theirs, or somebody says that it is this person all the same. */
function Somebody({ says, person, onConfirm, onPass }: FileCardProps & { says: Says }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const navigate = useNavigate();
  const words = usePersonWords();
  const [asking, setAsking] = useState(false);
  const [finding, setFinding] = useState<string | null>(null);
  const named = [says.family?.toUpperCase(), says.given].filter(Boolean).join(", ");
  const born = says.birth_date && date(says.birth_date);
  const file = [named || t("files.names.unnamed"), born, says.number].filter(Boolean).join(" · ");
  const chart = words.whole(person);
  const pass = (to: RecordId) => {
    onPass(to);
    const search = { tab: "documents", task: taskName({ of: "attachment", act: "add" }) } as const;
    void navigate({ to: "/patients/$patient", params: { patient: to }, search });
  };
  return (
    <div className={style["bad"]} role="alert">
      <b>
        <IconAlertTriangle size="1rem" stroke={1.8} aria-hidden="true" /> {t("files.names.title")}
      </b>
      <dl>
        <dt>{t("files.names.file")}</dt>
        <dd>{file}</dd>
        <dt>{t("files.names.chart")}</dt>
        <dd>{chart}</dd>
      </dl>
      {finding !== null && (
        <PersonField
          except={person.id}
          value={finding}
          onChange={setFinding}
          onPick={({ id }) => pass(id)}
          autoFocus
        />
      )}
      <Row>
        {finding === null && (
          <Button onClick={() => setFinding([says.given, says.family].filter(Boolean).join(" "))}>
            {t("files.names.find")}
          </Button>
        )}
        <Button onClick={() => setAsking(true)}>{t("files.names.same")}</Button>
      </Row>
      <ConfirmDialog
        opened={asking}
        title={t("files.names.confirm_title")}
        act={t("files.names.confirm")}
        onAct={() => {
          setAsking(false);
          onConfirm();
        }}
        onClose={() => setAsking(false)}
      >
        {t("files.names.confirm_text", { file, chart })}
      </ConfirmDialog>
    </div>
  );
}
