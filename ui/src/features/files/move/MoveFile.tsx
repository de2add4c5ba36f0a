import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { CheckField, TextArea } from "../../../components/fields";
import { Row } from "../../../components/Row";
import { tell } from "../../../components/tell";
import { TextButton } from "../../../components/TextButton";
import { KeptPane } from "../../../forms/KeptPane";
import { keptIn } from "../../../forms/use-left";
import { useRecordForm } from "../../../forms/use-record-form";
import { useCommand } from "../../../host/use-command";
import { FileFrame, type FileForm, type OfFile } from "../FileFrame";
import { PersonField } from "./PersonField";
import { usePersonWords } from "./use-person-words";

/** Moves a file that stands in the wrong chart to whom it belongs. */
export function MoveFile(props: OfFile) {
  const { t } = useTranslation();
  return (
    <FileFrame {...props} title={t("files.move.title")}>
      {(view, left) => <Form {...props} view={view} left={left} />}
    </FileFrame>
  );
}

const BLANK = { to: "", person: "", reason: "" };

function Form({ patient, task, view, left, onTask }: FileForm) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const words = usePersonWords();
  const { mutateAsync } = useCommand("move_file");
  const [names, setNames] = useState(false);
  const [confirmed, setConfirmed] = useState(false);
  const back = () => onTask({ of: "file", file: view.id });
  const form = useRecordForm({
    patient,
    task,
    begun: { seen: { version: view.version }, before: BLANK },
    kept: keptIn(left, BLANK),
    onClose: back,
    // What the file says of its person is asked about below the field, and not told as a failure.
    at: ({ code }) => (code === "another_person" ? { confirmed: "" } : undefined),
  });
  const { to, person, reason } = form.values;
  // With the field in which the keys were, they would be gone: they go to what is asked next.
  const chosen = useRef(person);
  const goOn = useEffectEvent(() => form.focusOn(person ? "reason" : "to"));
  useEffect(() => {
    if (chosen.current !== person) goOn();
    chosen.current = person;
  }, [person]);
  const move = () =>
    form.act(
      () => mutateAsync({ id: view.id, version: view.version, to: person, reason: reason.trim(), confirmed }),
      {
        check: () => ({
          ...(person ? {} : { to: t("files.move.required") }),
          ...(reason.trim() ? {} : { reason: t("reason.required") }),
        }),
        done: ({ copies }) => {
          tell(t("files.move.done", { person: to, copies: copied(copies.length) }), {
            act: t("files.move.open"),
            onAct: () =>
              void navigate({ to: "/patients/$patient", params: { patient: person }, search: DOCUMENTS }),
          });
          onTask(null);
        },
        refused: ({ code }) => setNames(code === "another_person"),
      },
    );
  const copied = (count: number) => (count > 0 ? t("files.move.copies", { count }) : "");
  return (
    <KeptPane
      title={t("files.move.title")}
      act={t("files.move.send")}
      onAct={move}
      form={form}
      onClose={back}
    >
      <p>
        <b>{view.details.title}</b>
      </p>
      <p>{t("files.move.text")}</p>
      <div {...form.around} style={{ display: "contents" }}>
        {person ? (
          <Row>
            <span>{t("files.move.chosen", { person: to })}</span>
            <TextButton onClick={() => form.set({ to: "", person: "" })}>{t("files.move.other")}</TextButton>
          </Row>
        ) : (
          <PersonField
            except={patient}
            value={to}
            onChange={(typed) => form.set({ to: typed })}
            error={form.errors["to"]}
            readOnly={form.busy}
            onPick={(row) => {
              setNames(false);
              setConfirmed(false);
              form.set({ to: words.whole(row), person: row.id });
            }}
          />
        )}
        {names && (
          <CheckField
            label={t("files.names.confirm")}
            hint={t("files.move.names")}
            value={confirmed}
            onChange={setConfirmed}
          />
        )}
        <TextArea {...form.text("reason")} label={t("reason.wrong")} required />
      </div>
    </KeptPane>
  );
}

const DOCUMENTS = { tab: "documents" } as const;
