import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../../components/Avatar";
import type { Found, FoundGroup } from "../../../components/Finder";
import { Tag } from "../../../components/Tag";
import type { PersonRow } from "../../../generated/PersonRow";
import type { RecordId } from "../../../generated/RecordId";
import type { Refused } from "../../../host/host";
import { useMay } from "../../../host/session";
import { useQueryOf } from "../../../host/use-command";
import { saidName } from "../names";
import { usePerson } from "../use-person";
import { PersonFacts } from "./PersonFacts";

/** What a find box shows of people. */
export interface PeopleFound {
  group: FoundGroup;
  /** The way to register who was not found; nothing where there is no name or no permission. */
  register: Found | null;
  /** The people are still those of an earlier text. */
  pending: boolean;
  error: Refused | null;
}

/** What else can be done with somebody who was found, besides opening their chart. */
export interface Also {
  /** Said beside its keys. */
  hint: string;
  onPick: (patient: RecordId) => void;
}

/** The people who fit the text, or without text those whose charts were opened last. */
export function usePeople(text: string, opened = true, also: Also | null = null): PeopleFound {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const person = usePerson();
  const mayRegister = useMay("patient.register");
  const typed = text.trim();
  const recent = useQueryOf("recent_patients", {}, { enabled: opened && !typed });
  const found = useQueryOf(
    "find_patients",
    { text: typed },
    { enabled: opened && typed !== "", keepLast: true },
  );
  const shown = typed ? found : recent;
  const item = (row: PersonRow): Found => ({
    id: row.id,
    title: <bdi>{person.name(row)}</bdi>,
    detail: <PersonFacts person={row} />,
    before: <Avatar name={saidName(row) || "?"} />,
    ...(row.died ? { after: <Tag>{t("patients.died")}</Tag> } : {}),
    onPick: () => void navigate({ to: "/patients/$patient", params: { patient: row.id } }),
    ...(also ? { also: () => also.onPick(row.id) } : {}),
  });
  const named: Found = {
    id: "register",
    title: t("patients.register_typed", { text: typed }),
    offer: true,
    onPick: () => void navigate({ to: "/patients/new", search: { name: typed } }),
  };
  // Whoever types what is to be done means no name.
  const isCommand = typed.length > 2 && t("today.register").toLowerCase().startsWith(typed.toLowerCase());
  const command: Found = {
    id: "register",
    title: t("today.register"),
    onPick: () => void navigate({ to: "/patients/new", search: {} }),
  };
  return {
    group: {
      name: t(
        typed ? "patients.people" : recent.data?.opened === false ? "patients.latest" : "patients.recent",
      ),
      items: (shown.data?.people ?? []).map(item),
    },
    register: mayRegister && typed ? (isCommand ? command : named) : null,
    pending: shown.isPlaceholderData || shown.isLoading,
    error: shown.error,
  };
}
