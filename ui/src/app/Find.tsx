import { IconSettings } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Finder, type FoundGroup } from "../components/Finder";
import { RefusalNote } from "../components/RefusalNote";
import { useCertificatesFound } from "../features/certificates/use-found";
import { usePeople } from "../features/patients/find/use-people";
import { useActs, usePatientActs } from "./acts";
import { useStartFound } from "./patient-screens";
import { useAdminPlaces } from "./admin-places";
import { usePlaces } from "./places";

/** Everything that can be gone to or done, in one list: people first, then places and commands. */
export function Find({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const acts = useActs();
  const also = useStartFound();
  const [text, setText] = useState("");
  const papers = useCertificatesFound(
    text,
    opened,
    (certificate) => void navigate({ to: "/certificates/$certificate", params: { certificate }, search: {} }),
  );
  const people = usePeople(text, opened, also);
  const fits = (name: string) => name.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase());
  const rail = usePlaces().map(({ to, name, icon: Icon }) => ({
    id: to.slice(1),
    title: t(`place.${name}`),
    before: <Icon size="1.125rem" stroke={1.6} aria-hidden="true" />,
    onPick: () => void navigate({ to }),
  }));
  // The screens of Admin come once somebody types: there are many.
  const admin = useAdminPlaces().map(({ to, title }) => ({
    id: `${to.slice(1)} screen`,
    title,
    before: <IconSettings size="1.125rem" stroke={1.6} aria-hidden="true" />,
    onPick: () => void navigate({ to }),
  }));
  const places = text.trim() ? [...rail, ...admin] : rail;
  const commands = acts.filter((act) => fits(act.title));
  const chart = usePatientActs().filter((act) => fits(act.title));
  const groups: FoundGroup[] = [
    people.group,
    papers,
    { name: t("find.patient"), items: chart },
    { name: t("find.places"), items: places.filter((place) => fits(place.title)) },
    { name: t("find.commands"), items: people.register ? [...commands, people.register] : commands },
  ];
  const close = () => {
    setText("");
    onClose();
  };
  return (
    <Finder
      opened={opened}
      onClose={close}
      label={t("top.find")}
      text={text}
      onText={setText}
      groups={groups}
      nothing={t("find.nothing", { text })}
      alsoHint={also?.hint}
      pending={people.pending}
      trouble={people.error && <RefusalNote refused={people.error} />}
    />
  );
}
