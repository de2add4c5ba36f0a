import type { ScratchRow } from "../generated/ScratchRow";

/** The route on which typing that was left goes on, by the name under which it is kept. */
export function whereLeft({ patient, subject }: Pick<ScratchRow, "patient" | "subject">) {
  const [word, act, other = ""] = subject.split(/[ .]/);
  const params = { patient };
  if (word === "register") return { to: "/patients/new", search: { left: act ?? "" } } as const;
  if (word === "details") {
    const search = act === "withdraw" ? ({ withdraw: true } as const) : {};
    return { to: "/patients/$patient/details", params, search } as const;
  }
  if (word !== "certificate") {
    return { to: "/patients/$patient", params, search: { task: subject } } as const;
  }
  if (act === "add" || act === "extend" || act === "replace") {
    const search = act === "add" ? {} : act === "extend" ? { extends: other } : { replaces: other };
    return { to: "/patients/$patient/certificates/new", params, search } as const;
  }
  const search = act === "edit" ? {} : { step: act ?? "" };
  return { to: "/certificates/$certificate", params: { certificate: other }, search } as const;
}
