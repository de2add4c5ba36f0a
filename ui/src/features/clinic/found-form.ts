import { useState } from "react";
import { faultOf } from "../../components/new-password";
import type { FoundClinic } from "../../generated/FoundClinic";
import { zoneHere } from "./zones";

/** What is typed to set up a clinic; the repeated password stays here. */
export interface FoundForm extends FoundClinic {
  site_code: string;
  repeat: string;
}

const BLANK: FoundForm = {
  clinic: "",
  site: "",
  site_code: "",
  time_zone: "",
  name: "",
  sign_in: "",
  password: "",
  repeat: "",
};

/** What is sent of the form: all but the repeated password. */
export function foundInput(form: FoundForm): FoundClinic {
  const { clinic, site, site_code, time_zone, name, sign_in, password } = form;
  return { clinic, site, site_code, time_zone, name, sign_in, password };
}

export type FoundTrouble = "needed" | "differs" | "site_code";

/** The letters that a site's name offers for its numbers: its first four plain ones. */
export function codeOf(site: string): string {
  const plain = site.normalize("NFKD").replace(/\p{M}/gu, "");
  return plain
    .replace(/[^A-Za-z0-9]/g, "")
    .slice(0, 4)
    .toUpperCase();
}

/** The first word of a name as the sign-in name that is offered. */
export function signInOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "");
  return (plain.trim().split(/\s+/)[0] ?? "").toLowerCase();
}

/** What is wrong before anything is sent, by field. */
export function troublesOf(form: FoundForm): Partial<Record<keyof FoundForm, FoundTrouble>> {
  const troubles: Partial<Record<keyof FoundForm, FoundTrouble>> = {};
  for (const field of ["clinic", "site", "time_zone", "name", "sign_in"] as const) {
    if (!form[field].trim()) troubles[field] = "needed";
  }
  if (!/^[A-Za-z0-9]{2,6}$/.test(form.site_code)) troubles.site_code = "site_code";
  if (faultOf(form.password, [form.name, form.sign_in, form.clinic])) troubles.password = "needed";
  if (form.repeat !== form.password) troubles.repeat = "differs";
  return troubles;
}

/** The form's values; site letters and sign-in name follow the names until they are typed themselves. */
export function useFoundForm() {
  const [form, setForm] = useState<FoundForm>(() => ({ ...BLANK, time_zone: zoneHere() }));
  const [own, setOwn] = useState<ReadonlySet<keyof FoundForm>>(new Set());
  const set = (field: keyof FoundForm) => (value: string) => {
    setOwn((before) => new Set(before).add(field));
    setForm((before) => ({
      ...before,
      [field]: value,
      ...(field === "site" && !own.has("site_code") ? { site_code: codeOf(value) } : {}),
      ...(field === "name" && !own.has("sign_in") ? { sign_in: signInOf(value) } : {}),
    }));
  };
  return { form, set };
}
