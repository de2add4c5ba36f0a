import { useNavigate, useParams, useRouterState, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button } from "../components/Button";
import { Chart } from "../features/patients/chart/Chart";
import { EditDetails } from "../features/patients/register/EditDetails";
import { Register } from "../features/patients/register/Register";
import { useMay } from "../host/session";
import { CHART_TABS, CHART_TASKS } from "./chart-parts";

/** What the address of a chart may say besides whose it is: the tab, and the form in the task pane. */
export interface ChartSearch {
  tab?: (typeof CHART_TABS)[number]["name"];
  task?: string;
}

/** Reads the search part of a chart's address; what is not known there is left out. */
export function chartSearch(search: Record<string, unknown>): ChartSearch {
  const tab = CHART_TABS.find(({ name }) => name === search["tab"])?.name;
  const task = typeof search["task"] === "string" ? search["task"] : undefined;
  return { ...(tab ? { tab } : {}), ...(task ? { task } : {}) };
}

/** Reads what was typed to find a person who is to be registered. */
export function registerSearch(search: Record<string, unknown>): { name?: string } {
  return typeof search["name"] === "string" ? { name: search["name"] } : {};
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
  const edit = () => void navigate({ to: "/patients/$patient/details", params: { patient } });
  return (
    <Chart
      key={patient}
      patient={patient}
      tabs={CHART_TABS}
      tasks={CHART_TASKS}
      tab={search.tab}
      onTab={(tab) => go({ tab })}
      task={search.task ?? null}
      onTask={(task) => go({ task: task ?? undefined })}
      acts={mayEdit && <Button onClick={edit}>{t("patients.edit_details")}</Button>}
    />
  );
}

/** A person's details at their address. */
export function DetailsScreen() {
  const navigate = useNavigate();
  const { patient } = useParams({ from: "/patients/$patient/details" });
  return (
    <EditDetails
      key={patient}
      patient={patient}
      onClose={() => void navigate({ to: "/patients/$patient", params: { patient } })}
    />
  );
}

/** Registration at its address. */
export function RegisterScreen() {
  const navigate = useNavigate();
  const { name = "" } = useSearch({ from: "/patients/new" });
  const visit = useRouterState({ select: ({ location }) => location.state.__TSR_key ?? "" });
  return (
    <Register
      key={`${visit} ${name}`}
      typed={name}
      visit={visit}
      onOpen={(patient) => void navigate({ to: "/patients/$patient", params: { patient } })}
    />
  );
}
