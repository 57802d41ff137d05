import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { QueueScreen } from "./queue/QueueScreen.tsx";
import { MissingScreen } from "./shell/MissingScreen.tsx";
import { Shell } from "./shell/Shell.tsx";
import { parseSearch, type Search, stringifySearch } from "./shell/search.ts";

const root = createRootRoute({
  component: Shell,
  notFoundComponent: MissingScreen,
  validateSearch: (search): Search => search as Search,
  // The zone is one person's choice for the whole visit, so links between screens keep it.
  search: {
    middlewares: [
      ({ search, next }) => {
        const result = next(search);
        return "tz" in result ? result : { ...result, tz: search.tz };
      },
    ],
  },
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/queue", replace: true });
  },
});

const queue = createRoute({ getParentRoute: () => root, path: "/queue", component: QueueScreen });

const caseRoute = createRoute({
  getParentRoute: () => root,
  path: "/cases/$number",
  component: lazyRouteComponent(() => import("./case/CaseScreen.tsx"), "CaseScreen"),
});

const sla = createRoute({
  getParentRoute: () => root,
  path: "/sla",
  component: lazyRouteComponent(() => import("./sla/SlaScreen.tsx"), "SlaScreen"),
});

const audit = createRoute({
  getParentRoute: () => root,
  path: "/audit",
  component: lazyRouteComponent(() => import("./audit/AuditScreen.tsx"), "AuditScreen"),
});

const redaction = createRoute({
  getParentRoute: () => root,
  path: "/redaction",
  component: lazyRouteComponent(() => import("./redaction/RedactionScreen.tsx"), "RedactionScreen"),
});

const customers = createRoute({
  getParentRoute: () => root,
  path: "/customers",
  component: lazyRouteComponent(() => import("./customer/CustomerListScreen.tsx"), "CustomerListScreen"),
});

const customer = createRoute({
  getParentRoute: () => root,
  path: "/customers/$id",
  component: lazyRouteComponent(() => import("./customer/CustomerScreen.tsx"), "CustomerScreen"),
});

const signatures = createRoute({
  getParentRoute: () => root,
  path: "/signatures",
  component: lazyRouteComponent(() => import("./signature/SignatureListScreen.tsx"), "SignatureListScreen"),
});

const signature = createRoute({
  getParentRoute: () => root,
  path: "/signatures/$number",
  component: lazyRouteComponent(() => import("./signature/SignatureScreen.tsx"), "SignatureScreen"),
});

const intake = createRoute({
  getParentRoute: () => root,
  path: "/intake",
  component: lazyRouteComponent(() => import("./intake/IntakeScreen.tsx"), "IntakeScreen"),
});

const shift = createRoute({
  getParentRoute: () => root,
  path: "/home",
  component: lazyRouteComponent(() => import("./home/HomeScreen.tsx"), "HomeScreen"),
});

const packet = createRoute({
  getParentRoute: () => root,
  path: "/home/handoff",
  component: lazyRouteComponent(() => import("./handoff/PacketScreen.tsx"), "PacketScreen"),
});

const people = createRoute({
  getParentRoute: () => root,
  path: "/people",
  component: lazyRouteComponent(() => import("./people/PeopleScreen.tsx"), "PeopleScreen"),
});

const person = createRoute({
  getParentRoute: () => root,
  path: "/people/$id",
  component: lazyRouteComponent(() => import("./people/PersonScreen.tsx"), "PersonScreen"),
});

const evidence = createRoute({
  getParentRoute: () => root,
  path: "/cases/$number/evidence/$item",
  component: lazyRouteComponent(() => import("./case/EvidencePlace.tsx"), "EvidencePlace"),
});

const hypothesis = createRoute({
  getParentRoute: () => root,
  path: "/cases/$number/hypotheses/$item",
  component: lazyRouteComponent(() => import("./hypothesis/HypothesisPlace.tsx"), "HypothesisPlace"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    queue,
    caseRoute,
    evidence,
    hypothesis,
    sla,
    audit,
    redaction,
    customers,
    customer,
    signatures,
    signature,
    intake,
    shift,
    packet,
    people,
    person,
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
