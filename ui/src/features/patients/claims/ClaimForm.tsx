import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Beside } from "../../../components/Pane";
import { TextButton } from "../../../components/TextButton";
import { KeptPane } from "../../../forms/KeptPane";
import type { Task } from "../../../forms/task";
import { keptIn, type Left } from "../../../forms/use-left";
import { useRecordForm } from "../../../forms/use-record-form";
import type { Coding } from "../../../generated/Coding";
import type { Kept } from "../../../generated/Kept";
import type { RecordId } from "../../../generated/RecordId";
import { useZone } from "../../../host/session";
import { useQueryOf } from "../../../host/use-command";
import { useClock } from "../../../i18n/use-clock";
import type { AnyClaim, ClaimKind, FieldSpec } from "../../../records/kind";
import { kindOf } from "../../../records/kinds";
import { useClaimCommands, useClaims } from "../../../records/use-claims";
import { ClaimField } from "./Field";
import { KnownAllergies } from "./KnownAllergies";
import { metWords } from "./met";

interface ClaimFormProps {
  patient: RecordId;
  kind: ClaimKind;
  task: Task;
  /** The record to change; null for a new one. */
  claim: AnyClaim | null;
  left: Left;
  onSaved: (kept: Kept) => void;
  onClose: () => void;
  /** Opens the form that withdraws the record. */
  onWithdraw: () => void;
}

/** Records or changes what is known of a person: the form of any kind of claim. */
export function ClaimForm({
  patient,
  kind,
  task,
  claim,
  left,
  onSaved,
  onClose,
  onWithdraw,
}: ClaimFormProps) {
  const { t } = useTranslation();
  const today = useClock(useZone()).day;
  const { add, edit } = useClaimCommands(kind);
  // What a medicine may meet, and what another allergy may be like.
  const banner = useQueryOf("banner", { patient }).data;
  const known = useClaims("allergy", patient).data?.rows ?? [];
  const { form: fields } = kindOf(kind);
  const before = valuesOf(fields, claim?.details ?? {});
  const form = useRecordForm({
    patient,
    task,
    begun: { seen: { version: claim?.version ?? null }, before },
    kept: keptIn(left, before),
    onClose,
    at: (refused) => {
      const despite = metWords(t, known, refused);
      return despite ? { despite } : undefined;
    },
  });
  const { values, patch, focusOn } = form;
  // The name that the code is the code of, as it was last known or chosen.
  const [named, setNamed] = useState(() => namedIn(fields, values) ?? namedIn(fields, before));
  // Once asked for, a reason keeps its place, also while it is empty again.
  const [asked, setAsked] = useState(() => Boolean(values["despite"]));
  const begin = useEffectEvent(() => focusOn("despite"));
  const answering = asked && "despite" in form.errors;
  useEffect(() => {
    if (answering) begin();
  }, [answering]);
  const called = ({ name, when }: FieldSpec) =>
    !when || when(values) || Boolean(values[name]) || name in form.errors;
  const specs = fields.filter(
    (spec) => (claim !== null || !spec.later) && (asked || !spec.asked) && called(spec),
  );
  const check = () => {
    const empty = specs.filter(({ name, required }) => required && !String(values[name] ?? "").trim());
    return Object.fromEntries(empty.map(({ name }) => [name, t("patients.required")]));
  };
  const save = () => {
    if (claim && !form.touched) return onClose();
    const { version } = form.seen;
    const write = () =>
      claim === null || version === null
        ? add.mutateAsync({ patient, details: withCode(patch) })
        : edit.mutateAsync({ id: claim.id, version, patch: withCode(patch) });
    form.act(write, {
      check,
      done: onSaved,
      refused: (refused) => setAsked((already) => already || metWords(t, known, refused) !== null),
    });
  };
  const field = (spec: FieldSpec) => (
    <ClaimField
      key={spec.name}
      kind={kind}
      spec={spec}
      value={values[spec.name] ?? ""}
      onChange={(value) =>
        // Another name is of something else: the code goes with it, and comes back with the name.
        form.set({
          [spec.name]: value,
          ...(spec.coded ? { code: String(value).trim() === named?.name ? named.code : "" } : {}),
        })
      }
      code={spec.as === "code" ? codingOf(values["code"])?.code : undefined}
      lost={
        spec.coded && named && !values["code"]
          ? { name: named.name, code: codingOf(named.code)?.code }
          : undefined
      }
      onTake={({ name, code, system }, took) => {
        const coded = code ? JSON.stringify({ ...(system ? { system } : {}), code, display: name }) : "";
        setNamed(coded ? { name, code: coded } : null);
        form.set({
          [spec.name]: name,
          code: coded,
          ...(took === "suspected" && "certainty" in values ? { certainty: "suspected" } : {}),
        });
      }}
      readOnly={form.busy}
      unread={form.unread[spec.name]?.text}
      onUnread={(now) => form.onUnread(spec.name, now)}
      error={form.errors[spec.name]}
      hint={
        kind === "medicine" &&
        spec.name === "name" &&
        banner && <KnownAllergies allergies={banner.allergies} />
      }
      disputed={claim?.disputed.includes(spec.name) ?? false}
      today={today}
    />
  );
  return (
    <KeptPane
      title={t(claim === null ? `record.${kind}.add` : `record.${kind}.one`)}
      act={t("patients.save")}
      onAct={save}
      form={form}
      onClose={onClose}
      instead={claim && <TextButton onClick={onWithdraw}>{t("patients.entered_in_error")}</TextButton>}
    >
      <div {...form.around} style={{ display: "contents" }}>
        {inRows(specs).map((row) => {
          const [first] = row;
          return row.length === 1 && first ? (
            field(first)
          ) : (
            <Beside key={first?.name}>{row.map(field)}</Beside>
          );
        })}
      </div>
    </KeptPane>
  );
}

type Values = Record<string, string | boolean>;

/**
 * The details as a form holds them; fields without a place in the form are left alone. A code stands as its text, so that
 * it is kept and compared like all that is typed.
 */
function valuesOf(specs: readonly FieldSpec[], details: object): Values {
  const known = details as Record<string, string | boolean | undefined>;
  const { code } = details as { code?: Coding };
  const values = specs.map(({ name, as }) => [name, known[name] ?? (as === "flag" ? false : "")]);
  const coded = specs.some((spec) => spec.coded);
  const beside = coded ? [["code", code ? JSON.stringify(code) : ""]] : [];
  return Object.fromEntries([...values, ...beside]) as Values;
}

/** A name, and the text of the code that is its. */
interface Named {
  name: string;
  code: string;
}

/** The name that has a code in these values; the code's own where the record has no other. */
function namedIn(specs: readonly FieldSpec[], values: Values): Named | null {
  const code = String(values["code"] ?? "");
  const spec = specs.find(({ coded }) => coded);
  if (!spec || !code) return null;
  return { name: String(values[spec.name] || codingOf(code)?.display || "").trim(), code };
}

function codingOf(text: string | boolean | undefined): Coding | null {
  return text ? (JSON.parse(String(text)) as Coding) : null;
}

/** What is sent: a code as the command wants it. */
function withCode<Patch extends object>(patch: Patch): Patch {
  if (!("code" in patch)) return patch;
  return { ...patch, code: patch.code === null ? null : codingOf(String(patch.code)) };
}

/** The fields by line: one that stands beside another shares its line. */
function inRows(specs: readonly FieldSpec[]): FieldSpec[][] {
  const rows: FieldSpec[][] = [];
  for (const spec of specs) {
    const last = rows.at(-1);
    if (spec.beside && last) last.push(spec);
    else rows.push([spec]);
  }
  return rows;
}
