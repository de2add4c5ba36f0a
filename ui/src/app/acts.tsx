import { useMantineColorScheme } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import {
  IconCertificate,
  IconChecklist,
  IconDeviceDesktop,
  IconHeartbeat,
  IconId,
  IconKey,
  IconKeyboard,
  IconLock,
  IconLogout,
  IconMoon,
  IconSunHigh,
  IconTextPlus,
  type Icon,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMay } from "../host/session";
import { useDeskActs } from "./desk-acts";

function act(id: string, title: string, Sign: Icon, onPick: () => void) {
  return { id, title, before: <Sign size="1.125rem" stroke={1.6} aria-hidden="true" />, onPick };
}

/** What can be done from the find box with the patient who is open. */
export function usePatientActs() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { patient } = useParams({ strict: false });
  const mayRead = useMay("chart.read");
  const mayEdit = useMay("patient.edit");
  const mayCertify = useMay("certificate.draft");
  if (!patient) return [];
  const params = { patient };
  return [
    ...(mayRead
      ? [
          act(
            "patient-vitals",
            t("vitals.take"),
            IconHeartbeat,
            () => void navigate({ to: "/patients/$patient", params, search: { tab: "vitals" } }),
          ),
        ]
      : []),
    ...(mayCertify
      ? [
          act(
            "patient-certificate",
            t("certificates.new"),
            IconCertificate,
            () => void navigate({ to: "/patients/$patient/certificates/new", params, search: {} }),
          ),
        ]
      : []),
    ...(mayEdit
      ? [
          act(
            "patient-details",
            t("patients.edit_details"),
            IconId,
            () => void navigate({ to: "/patients/$patient/details", params }),
          ),
        ]
      : []),
  ];
}

/** What can be done from the find box besides going somewhere. */
export function useActs() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const desk = useDeskActs();
  const navigate = useNavigate();
  const mayWrite = useMay("note.write");
  const mayEditSets = useMay("template.edit");
  const colours = desk?.look.setColours ?? setColorScheme;
  return [
    ...(desk
      ? [
          act("lock", t("person.lock"), IconLock, desk.lock),
          act("sign-out", t("person.sign_out"), IconLogout, desk.signOut),
          act("password", t("person.password"), IconKey, desk.changePassword),
          act("shortcuts", t("person.shortcuts"), IconKeyboard, desk.help),
        ]
      : []),
    ...(mayWrite
      ? [act("snippets", t("snippets.title"), IconTextPlus, () => void navigate({ to: "/snippets" }))]
      : []),
    ...(mayWrite || mayEditSets
      ? [act("note-sets", t("note_sets.title"), IconChecklist, () => void navigate({ to: "/note-sets" }))]
      : []),
    act("colours-light", t("look.light"), IconSunHigh, () => colours("light")),
    act("colours-dark", t("look.dark"), IconMoon, () => colours("dark")),
    act("colours-auto", t("look.auto"), IconDeviceDesktop, () => colours("auto")),
  ];
}
