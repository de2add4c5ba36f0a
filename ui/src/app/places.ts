import {
  IconAlignLeft,
  IconFileText,
  IconSettings,
  IconSun,
  IconUsers,
  type Icon,
} from "@tabler/icons-react";
import type { Permission } from "../generated/Permission";
import { useMayDo } from "../host/session";
import type { en } from "../i18n/en";

/** One entry of the rail. */
export interface Place {
  to: "/today" | "/patients" | "/queue" | "/certificates" | "/admin";
  name: keyof (typeof en)["place"];
  icon: Icon;
  /** Any one of these opens it; without them it is nobody's place. */
  needs: readonly Permission[];
  /** Stands at the foot of the rail. */
  last?: true;
}

/** The rail, from top to bottom: a place is here once its feature exists. */
export const PLACES: readonly Place[] = [
  { to: "/today", name: "today", icon: IconSun, needs: ["session.use"] },
  { to: "/patients", name: "patients", icon: IconUsers, needs: ["patient.read"] },
  { to: "/queue", name: "queue", icon: IconAlignLeft, needs: ["queue.run"] },
  {
    to: "/certificates",
    name: "certificates",
    icon: IconFileText,
    needs: ["certificate.draft", "certificate.approve", "certificate.print"],
  },
  { to: "/admin", name: "admin", icon: IconSettings, needs: ["user.edit", "audit.read"], last: true },
];

/** The places of the person signed in. */
export function usePlaces(): readonly Place[] {
  const may = useMayDo();
  return PLACES.filter((place) => place.needs.some(may));
}
