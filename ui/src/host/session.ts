import type { Session } from "../generated/commands";
import type { Permission } from "../generated/Permission";
import { useQueryOf } from "./use-command";

/** Who is signed in here, at which clinic and site; null before it is known. */
export function useSession(): Session | null {
  return useQueryOf("session", {}).data ?? null;
}

/** The IANA time zone of this site. */
export function useZone(): string {
  return useSession()?.time_zone ?? "UTC";
}

/**
 * Whether the person signed in may do it, so that nothing is shown that they could not use. The backend asks again
 * at every command: this hides, it does not protect.
 */
export function useMay(permission: Permission): boolean {
  return useMayDo()(permission);
}

/** The same question for many permissions at once. */
export function useMayDo(): (permission: Permission) => boolean {
  const session = useSession();
  return (permission) => session?.permissions.includes(permission) ?? false;
}
