import { useNavigate, useParams, useRouter, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { tell } from "../components/tell";
import { Certificates, LISTS } from "../features/certificates/Certificates";
import { NewCertificate } from "../features/certificates/NewCertificate";
import { OfPerson } from "../features/certificates/OfPerson";
import { OpenCertificate } from "../features/certificates/OpenCertificate";
import { Stack } from "../features/certificates/Stack";
import { useStack } from "../features/certificates/use-stack";
import { WaitingCard } from "../features/certificates/WaitingCard";
import { Banner } from "../features/patients/chart/Banner";
import { VisitState } from "../features/visits/VisitState";
import { taskName, type Task } from "../forms/task";
import { useMay } from "../host/session";
import { useQueryOf } from "../host/use-command";

/** What the address of a new certificate may say besides whose it is. */
export interface NewSearch {
  visit?: string;
  extends?: string;
  replaces?: string;
  slip?: true;
  /** The refraction from which spectacles are prescribed. */
  spectacles?: string;
}

/** Reads the search part of a new certificate's address. */
export function newSearch(search: Record<string, unknown>): NewSearch {
  const known = (["visit", "extends", "replaces", "spectacles"] as const).filter(
    (name) => typeof search[name] === "string",
  );
  const texts = Object.fromEntries(known.map((name) => [name, search[name]]));
  return search["slip"] === true ? { ...texts, slip: true } : texts;
}

/** Reads whether a certificate is one of a stack, and the step for which a reason is being typed. */
export function openSearch(search: Record<string, unknown>): { stack?: true; step?: string } {
  const { stack, step } = search;
  return { ...(stack === true ? { stack } : {}), ...(typeof step === "string" ? { step } : {}) };
}

/** Reads which list is shown. */
export function listSearch(search: Record<string, unknown>): { list?: (typeof LISTS)[number] } {
  const list = LISTS.find((name) => name === search["list"]);
  return list ? { list } : {};
}

/** Where the certificates' screens lead. */
function useWays() {
  const navigate = useNavigate();
  const router = useRouter();
  return {
    open: (certificate: string, replace = false) =>
      void navigate({ to: "/certificates/$certificate", params: { certificate }, replace }),
    stack: (certificate: string, replace = false) =>
      void navigate({
        to: "/certificates/$certificate",
        params: { certificate },
        search: { stack: true },
        replace,
      }),
    begin: (patient: string, search: NewSearch = {}) =>
      void navigate({ to: "/patients/$patient/certificates/new", params: { patient }, search }),
    list: (list?: (typeof LISTS)[number]) =>
      void navigate({ to: "/certificates", search: list ? { list } : {} }),
    chart: (patient: string, task?: Task) =>
      void navigate({
        to: "/patients/$patient",
        params: { patient },
        search: task ? { task: taskName(task) } : {},
      }),
    /** Back to where the person came from, or to what is said. */
    back: (otherwise: () => void) => (router.history.canGoBack() ? router.history.back() : otherwise()),
  };
}

/** The lists of certificates at their address. */
export function CertificatesScreen() {
  const ways = useWays();
  const { list } = useSearch({ from: "/certificates" });
  return <Certificates list={list} onList={ways.list} onOpen={ways.open} onStack={ways.stack} />;
}

/** A certificate at its address. */
export function CertificateScreen() {
  const { certificate } = useParams({ from: "/certificates/$certificate" });
  return <CertificateOf key={certificate} certificate={certificate} />;
}

function CertificateOf({ certificate }: { certificate: string }) {
  const { t } = useTranslation();
  const ways = useWays();
  const { stack: inStack = false, step } = useSearch({ from: "/certificates/$certificate" });
  const place = useStack(certificate, inStack);
  const goOn = () => {
    if (!place) return;
    if (place.next) return ways.stack(place.next, true);
    tell(t("certificates.stack.done"));
    ways.list("waiting");
  };
  return (
    <OpenCertificate
      certificate={certificate}
      step={step}
      banner={(patient, right) => <PatientBanner patient={patient} right={right} />}
      {...(place ? { stack: <Stack at={place.at} of={place.of} onNext={goOn} /> } : {})}
      onDecided={goOn}
      onClose={(patient) => (inStack ? ways.list("waiting") : ways.back(() => ways.chart(patient)))}
      onOpen={ways.open}
      onFollow={(patient, origin) => ways.begin(patient, newSearch({ ...origin }))}
      onNote={(patient, visit) => ways.chart(patient, { of: "note", visit })}
    />
  );
}

/** A new certificate at its address. */
export function NewCertificateScreen() {
  const ways = useWays();
  const { patient } = useParams({ from: "/patients/$patient/certificates/new" });
  // Written during a visit, it belongs to it.
  const present = useQueryOf("banner", { patient }).data?.visit?.id;
  const {
    visit = present,
    slip = false,
    spectacles,
    ...origin
  } = useSearch({ from: "/patients/$patient/certificates/new" });
  return (
    <NewCertificate
      key={`${patient} ${origin.extends ?? ""} ${origin.replaces ?? ""} ${slip} ${spectacles ?? ""}`}
      patient={patient}
      visit={visit ?? null}
      origin={origin}
      slip={slip}
      {...(spectacles ? { spectacles } : {})}
      banner={(right) => <PatientBanner patient={patient} right={right} />}
      onClose={() => ways.back(() => ways.chart(patient))}
      onWritten={(certificate) => ways.open(certificate, true)}
    />
  );
}

/** A person's certificates, for who may not read the chart. */
export function DeskCertificates({ patient }: { patient: string }) {
  const ways = useWays();
  return <OfPerson patient={patient} onOpen={ways.open} onNew={() => ways.begin(patient)} />;
}

/** What certificates ask of the person signed in, for Today. */
export function CertificatesToday() {
  const ways = useWays();
  return <WaitingCard onWaiting={() => ways.list("waiting")} onOpen={ways.open} />;
}

function PatientBanner({ patient, right }: { patient: string; right: ReactNode }) {
  const ways = useWays();
  const mayRead = useMay("chart.read");
  const banner = useQueryOf("banner", { patient });
  if (!banner.data) return <div style={{ minHeight: "4.25rem" }} />;
  return (
    <Banner
      banner={banner.data}
      onAllergies={mayRead ? () => ways.chart(patient, { of: "allergies" }) : undefined}
      state={<VisitState patient={patient} onTask={(task) => task && ways.chart(patient, task)} />}
      acts={right}
    />
  );
}
