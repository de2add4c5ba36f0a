import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  redirect,
  type RouterHistory,
} from "@tanstack/react-router";
import { AuditTrail } from "../features/audit/AuditTrail";
import { Backups } from "../features/backups/Backups";
import { Calendar } from "../features/clinic/Calendar";
import { ClinicAndSites } from "../features/clinic/ClinicAndSites";
import { SheetButton } from "../features/clinic/SheetButton";
import { Staff } from "../features/clinic/Staff";
import { Codes } from "../features/codes/Codes";
import { Conflicts } from "../features/conflicts/Conflicts";
import { Import } from "../features/import/Import";
import { NoteSets } from "../features/note-sets/NoteSets";
import { Snippets } from "../features/snippets/Snippets";
import { ListScreen } from "../features/lists/ListScreen";
import { Health } from "../features/status/Health";
import { Workstations } from "../features/workstations/Workstations";
import { AdminTabs } from "./AdminTabs";
import {
  CertificateScreen,
  CertificatesScreen,
  listSearch,
  NewCertificateScreen,
  newSearch,
  openSearch,
} from "./certificate-screens";
import { Desk } from "./Desk";
import {
  chartSearch,
  ChartScreen,
  detailsSearch,
  DetailsScreen,
  PatientsScreen,
  QueueScreen,
  registerSearch,
  RegisterScreen,
  TodayScreen,
} from "./patient-screens";
import { Crashed, Missing } from "./Trouble";

const root = createRootRoute({ component: Desk, notFoundComponent: Missing, errorComponent: Crashed });

const routes = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: "/",
    beforeLoad: () => {
      throw redirect({ to: "/today" });
    },
  }),
  createRoute({ getParentRoute: () => root, path: "/today", component: TodayScreen }),
  createRoute({ getParentRoute: () => root, path: "/patients", component: PatientsScreen }),
  createRoute({ getParentRoute: () => root, path: "/queue", component: QueueScreen }),
  createRoute({
    getParentRoute: () => root,
    path: "/patients/new",
    component: RegisterScreen,
    validateSearch: registerSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/patients/$patient",
    component: ChartScreen,
    validateSearch: chartSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/patients/$patient/details",
    component: DetailsScreen,
    validateSearch: detailsSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/patients/$patient/certificates/new",
    component: NewCertificateScreen,
    validateSearch: newSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/certificates",
    component: CertificatesScreen,
    validateSearch: listSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/certificates/$certificate",
    component: CertificateScreen,
    validateSearch: openSearch,
  }),
  createRoute({ getParentRoute: () => root, path: "/conflicts", component: Conflicts }),
  createRoute({
    getParentRoute: () => root,
    path: "/health",
    component: () => <Health papers={<SheetButton />} />,
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/admin/health",
    component: () => <Health tabs={<AdminTabs />} papers={<SheetButton />} />,
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/admin",
    component: () => <Staff tabs={<AdminTabs />} />,
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/admin/workstations",
    component: () => <Workstations tabs={<AdminTabs />} />,
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/admin/clinic",
    component: () => <ClinicAndSites tabs={<AdminTabs />} />,
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/admin/calendar",
    component: () => <Calendar tabs={<AdminTabs />} />,
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/admin/backups",
    component: () => <Backups tabs={<AdminTabs />} />,
  }),
  createRoute({ getParentRoute: () => root, path: "/snippets", component: Snippets }),
  createRoute({ getParentRoute: () => root, path: "/note-sets", component: NoteSets }),
  createRoute({
    getParentRoute: () => root,
    path: "/admin/codes",
    component: () => <Codes tabs={<AdminTabs />} />,
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/admin/trail",
    component: () => <AuditTrail tabs={<AdminTabs />} />,
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/admin/import",
    component: () => <Import tabs={<AdminTabs />} />,
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/admin/list",
    component: () => <ListScreen tabs={<AdminTabs />} />,
  }),
]);

/** The screens by address. The window serves one page, so the address lives behind the `#`. */
export function clinicRouter(history: RouterHistory = createHashHistory()) {
  return createRouter({ routeTree: routes, history, defaultPreload: false });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof clinicRouter>;
  }
}
