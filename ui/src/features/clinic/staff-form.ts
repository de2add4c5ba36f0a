import { faultOf } from "../../components/new-password";
import type { AddUser } from "../../generated/AddUser";
import type { EditUser } from "../../generated/EditUser";
import type { Role } from "../../generated/Role";
import type { StaffRow } from "../../generated/StaffRow";
import type { DateTrouble } from "../../i18n/date-entry";
import { isLicensed } from "./roles";

/** What is typed about a person who works here; empty where nothing is. */
export interface StaffForm {
  name: string;
  sign_in: string;
  title: string;
  qualification: string;
  position: string;
  role: Role | "";
  licence: string;
  licence_until: string;
  valid_until: string;
  password: string;
}

export type StaffTrouble = "required" | "taken";

/** Why what stands at a day is none, by field. */
export type Unread = Partial<Record<keyof StaffForm, DateTrouble | null>>;

export function formOf(row: StaffRow | null): StaffForm {
  return {
    name: row?.name ?? "",
    sign_in: row?.sign_in ?? "",
    title: row?.title ?? "",
    qualification: row?.qualification ?? "",
    position: row?.position ?? "",
    role: row?.role ?? "",
    licence: row?.licence ?? "",
    licence_until: row?.licence_until ?? "",
    valid_until: row?.valid_until ?? "",
    password: "",
  };
}

/** What is wrong before a new person is sent, by field. */
export function troublesOf(
  form: StaffForm,
  people: readonly StaffRow[],
  names: readonly string[],
): Partial<Record<keyof StaffForm, StaffTrouble>> {
  const troubles: Partial<Record<keyof StaffForm, StaffTrouble>> = {};
  for (const field of ["name", "sign_in", "role"] as const) {
    if (!form[field].trim()) troubles[field] = "required";
  }
  if (people.some((row) => row.sign_in === form.sign_in.trim().toLowerCase())) troubles.sign_in = "taken";
  if (faultOf(form.password, names)) troubles.password = "required";
  return troubles;
}

/** What is wrong with the name of somebody who is changed. */
export function nameTrouble({ name }: StaffForm): Partial<Record<keyof StaffForm, StaffTrouble>> {
  return name.trim() ? {} : { name: "required" };
}

/** The command that adds the person; what is empty is left out. */
export function toAdd(form: StaffForm, role: Role): AddUser {
  const given = (text: string) => text.trim() || null;
  return {
    name: form.name.trim(),
    sign_in: form.sign_in.trim(),
    title: given(form.title),
    qualification: given(form.qualification),
    position: given(form.position),
    role,
    licence: given(form.licence),
    licence_until: given(form.licence_until),
    password: form.password,
  };
}

/** The command that changes the person: only what differs from the row that was seen; what was emptied is cleared. */
export function toEdit(form: StaffForm, row: StaffRow): EditUser {
  const before = formOf(row);
  const licence = isLicensed(form.role) ? (["licence", "licence_until"] as const) : [];
  const fields = ["name", "title", "qualification", "position", "role", ...licence, "valid_until"] as const;
  const changed = fields.filter((field) => form[field].trim() !== before[field]);
  const patch = Object.fromEntries(changed.map((field) => [field, form[field].trim() || null]));
  // A last day goes with its number.
  if (patch["licence"] === null) delete patch["licence_until"];
  return { user: row.id, version: row.version, patch };
}
