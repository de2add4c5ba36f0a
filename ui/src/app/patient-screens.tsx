import { useNavigate, useParams, useRouterState, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button } from "../components/Button";
import { AddHere } from "../features/files/AddHere";
import { Chart } from "../features/patients/chart/Chart";
import { DeskPage } from "../features/patients/desk/DeskPage";
import { EditDetails } from "../features/patients/register/EditDetails";
import { Patients } from "../features/patients/Patients";
import { Register } from "../features/patients/register/Register";
import type { Began } from "../features/visits/use-start";
import { useStart } from "../features/visits/use-start";
import { VisitActs } from "../features/visits/VisitActs";
import { VisitState } from "../features/visits/VisitState";
import { readTask, taskName } from "../forms/task";
import type { OnTask } from "../records/parts";
import { useMay } from "../host/session";
import { OpenVisits } from "../features/visits/OpenVisits";
import { Queue } from "../features/visits/queue/Queue";
import { Today } from "../features/today/Today";
import { CertificatesToday, DeskCertificates } from "./certificate-screens";
import { UnreadToday } from "./file-screens";
import { CHART_TABS, CHART_TASKS, UNREAD_TASKS } from "./chart-parts";

/** What the address of a chart may say besides whose it is: the tab, and the form in the task pane. */
export interface ChartSearch {
  tab?: (typeof CHART_TABS)[number]["name"];
  /** The stored name of the task. */
  task?: string;
}

/** Reads the search part of a chart's address; what is not known there is left out. */
export function chartSearch(search: Record<string, unknown>): ChartSearch {
  const task = typeof search["task"] === "string" ? search["task"] : undefined;
  // Vital signs and teeth are typed in tabs of their own, which their unfinished typing leads to.
  const of = task && readTask(task)?.of;
  if (of === "vitals") return { tab: "vitals" };
  if (of === "findings") return { tab: "dental" };
  // A file is seen in the tab of the documents, unless somebody looks at another one beside it.
  const usual = of === "file" ? "documents" : undefined;
  const tab = CHART_TABS.find(({ name }) => name === search["tab"])?.name ?? usual;
  return { ...(tab ? { tab } : {}), ...(task ? { task } : {}) };
}

/** Reads what was typed to find a person who is to be registered, and which registration is gone on with. */
export function registerSearch(search: Record<string, unknown>): { name?: string; left?: string } {
  const { name, left } = search;
  return {
    ...(typeof name === "string" ? { name } : {}),
    ...(typeof left === "string" ? { left } : {}),
  };
}

/** Reads whether the registration is being withdrawn. */
export function detailsSearch({ withdraw }: Record<string, unknown>): { withdraw?: true } {
  return withdraw === true ? { withdraw } : {};
}

/** Takes the keys from whatever led on, so that the part that is gone to may begin with them. */
function freeKeys() {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** Leads to where a visit is gone on with. */
export function useGoOn(): (began: Began) => void {
  const navigate = useNavigate();
  return ({ patient, tab, task }) => {
    if (tab) freeKeys();
    void navigate({
      to: "/patients/$patient",
      params: { patient },
      search: { ...(tab ? { tab } : {}), ...(task ? { task: taskName(task) } : {}) },
    });
  };
}

/** Starts a visit of somebody who was found, where the role may, and goes on with it. */
export function useStartFound() {
  const { t } = useTranslation();
  const may = useMay("visit.edit");
  const goOn = useGoOn();
  const { start } = useStart();
  const begin = async (patient: string) => {
    const to = await start(patient);
    if (to) goOn(to);
  };
  return may ? { hint: t("visits.start_hint"), onPick: (patient: string) => void begin(patient) } : null;
}

/** The place where patients are looked for. */
export function PatientsScreen() {
  return <Patients also={useStartFound()} />;
}

/** What waits for the person signed in, with the visits of this site. */
export function TodayScreen() {
  return (
    <Today
      visits={<OpenVisits onOpen={useGoOn()} />}
      cards={
        <>
          <UnreadToday />
          <CertificatesToday />
        </>
      }
    />
  );
}

/** Who waits, and who is called next. */
export function QueueScreen() {
  return <Queue onOpen={useGoOn()} />;
}

/** The chart at its address. */
export function ChartScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { patient } = useParams({ from: "/patients/$patient" });
  const search = useSearch({ from: "/patients/$patient" });
  const mayEdit = useMay("patient.edit");
  const go = (changed: { tab?: ChartSearch["tab"]; task?: string | undefined }) => {
    const { tab, task } = { ...search, ...changed };
    void navigate({
      to: "/patients/$patient",
      params: { patient },
      search: { ...(tab ? { tab } : {}), ...(task ? { task } : {}) },
    });
  };
  const goOn = ({ tab, task }: Began) => {
    if (tab) freeKeys();
    go({ ...(tab ? { tab } : {}), ...(task ? { task: taskName(task) } : {}) });
  };
  const open: OnTask = (task) =>
    go({ task: task ? taskName(task) : undefined, ...(task?.of === "file" ? { tab: "documents" } : {}) });
  const mayCertify = useMay("certificate.draft");
  const mayPrint = useMay("certificate.print");
  const mayAdd = useMay("file.add");
  const certify = (search: { visit?: string; slip?: true } = {}) =>
    void navigate({ to: "/patients/$patient/certificates/new", params: { patient }, search });
  const edit = () => void navigate({ to: "/patients/$patient/details", params: { patient } });
  return (
    <Chart
      key={patient}
      patient={patient}
      tabs={CHART_TABS}
      tasks={CHART_TASKS}
      unread={UNREAD_TASKS}
      tab={search.tab}
      onTab={(tab) => go({ tab })}
      task={search.task ? readTask(search.task) : null}
      onTask={open}
      state={(onTask) => <VisitState patient={patient} onTask={onTask} />}
      desk={
        <DeskPage
          patient={patient}
          files={mayAdd && <AddHere patient={patient} onTask={open} />}
          certificates={mayPrint && <DeskCertificates patient={patient} />}
        />
      }
      acts={
        <>
          <VisitActs
            patient={patient}
            measuring={search.tab === "vitals"}
            onBegan={goOn}
            onSlip={mayCertify ? (visit) => certify({ visit, slip: true }) : undefined}
          />
          {mayEdit && <Button onClick={edit}>{t("patients.edit_details")}</Button>}
          {mayCertify && (
            <Button shortcut="alt+C" onClick={() => certify()}>
              {t("certificates.act")}
            </Button>
          )}
        </>
      }
    />
  );
}

/** A person's details at their address. */
export function DetailsScreen() {
  const navigate = useNavigate();
  const { patient } = useParams({ from: "/patients/$patient/details" });
  const { withdraw = false } = useSearch({ from: "/patients/$patient/details" });
  const goOn = useGoOn();
  const turn = (on: boolean) =>
    void navigate({
      to: "/patients/$patient/details",
      params: { patient },
      search: on ? { withdraw: true } : {},
      replace: true,
    });
  return (
    <EditDetails
      key={patient}
      patient={patient}
      state={<VisitState patient={patient} onTask={(task) => task && goOn({ patient, task })} />}
      withdrawing={withdraw}
      onWithdraw={turn}
      onClose={() => void navigate({ to: "/patients/$patient", params: { patient } })}
      onGone={() => void navigate({ to: "/patients", replace: true })}
    />
  );
}

/** Registration at its address. */
export function RegisterScreen() {
  const navigate = useNavigate();
  const { name = "", left } = useSearch({ from: "/patients/new" });
  const mayStart = useMay("visit.edit");
  const goOn = useGoOn();
  const { start } = useStart();
  const open = (patient: string) => void navigate({ to: "/patients/$patient", params: { patient } });
  const begin = async (patient: string) => {
    const to = await start(patient);
    if (to) goOn(to);
    else open(patient);
  };
  const visit = useRouterState({ select: ({ location }) => location.state.__TSR_key || "new" });
  const kept = left ?? visit;
  return (
    <Register
      key={`${visit} ${name} ${kept}`}
      typed={name}
      kept={kept}
      onOpen={open}
      onLeft={(key) => void navigate({ to: "/patients/new", search: { left: key } })}
      {...(mayStart ? { onVisit: (patient) => void begin(patient) } : {})}
    />
  );
}
