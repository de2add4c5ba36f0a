import type { Role } from "../../generated/Role";

/** The ready-made roles, in the order in which they are offered. */
export const ROLES: readonly Role[] = [
  "doctor",
  "dentist",
  "nurse",
  "front_desk",
  "optometrist",
  "pharmacist",
  "administrator",
  "auditor",
];

/** Roles that practise under a licence. */
const LICENSED: readonly Role[] = ["doctor", "dentist", "nurse", "optometrist", "pharmacist"];

export function isLicensed(role: Role | ""): boolean {
  return role !== "" && LICENSED.includes(role);
}
