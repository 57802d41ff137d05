// Three columns: what to look at, the thing, what it means and what to do.
import { lazy, type ReactNode, Suspense } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import type { Bundle } from "../api/types.ts";
import { BundleList } from "../bundle/BundleList.tsx";
import { Facets } from "../bundle/Facets.tsx";
import { FilesView } from "../bundle/FilesView.tsx";
import { HistogramPanel } from "../bundle/HistogramPanel.tsx";
import { LogView } from "../bundle/LogView.tsx";
import { ProblemsView } from "../bundle/ProblemsView.tsx";
import { FailedState, NoBundle, ReadingState } from "../bundle/ReadingState.tsx";
import { TemplatesView } from "../bundle/TemplatesView.tsx";
import { NextStepPanel } from "../handoff/NextStepPanel.tsx";
import { HypothesisList } from "../hypothesis/HypothesisList.tsx";
import { IntakePanel } from "../intake/IntakePanel.tsx";
import { RelatedPanel } from "../link/RelatedPanel.tsx";
import { MitigationList } from "../mitigation/MitigationList.tsx";
import { useMay } from "../shell/session.tsx";
import { KnownIssues } from "../signature/KnownIssues.tsx";
import { ClockList } from "../sla/ClockList.tsx";
import { SwarmPanel } from "../swarm/SwarmPanel.tsx";
import { formatShortCount } from "../time/number.ts";
import { Keys } from "../ui/Keys.tsx";
import { ServerHtml } from "../ui/ServerHtml.tsx";
import { Loading } from "../ui/states.tsx";
import type { CaseTab } from "./caseState.ts";
import { EvidenceList } from "./EvidenceList.tsx";
import { FindingList } from "./FindingList.tsx";
import { Notes } from "./Notes.tsx";
import { TimelineView } from "./TimelineView.tsx";
import { useCase } from "./useCase.ts";

const TracesView = lazy(() => import("../trace/TracesView.tsx"));
const MetricsView = lazy(() => import("../metric/MetricsView.tsx"));
const ChangesView = lazy(() => import("../change/ChangesView.tsx"));

export function Workbench() {
  const { bundle, detail, state } = useCase();
  const ready = bundle?.state === "ready" ? bundle : null;
  return (
    <div className="workbench">
      {!state.wide && (
        <aside className="column-left" aria-label="Sources and facets">
          {ready ? <Facets bundle={ready} /> : <Description html={detail.description_html} />}
        </aside>
      )}
      <section className="column-middle" aria-label="Views of the case">
        {ready && <HistogramPanel bundle={ready} />}
        <Views bundle={bundle} />
      </section>
      {!state.wide && (
        <aside className="column-right" aria-label="Meaning and actions">
          {ready && <KnownIssues bundle={ready} />}
          {ready && <HypothesisList bundle={ready} />}
          <ClockList />
          <NextStepPanel />
          <IntakePanel />
          <SwarmPanel />
          <MitigationList />
          <RelatedPanel />
          <EvidenceList />
          {ready && <FindingList bundle={ready} />}
          <Notes />
          <BundleList />
          {ready && detail.description_html && (
            <section className="side-section" aria-labelledby="description-title">
              <header>
                <h2 className="column-title" id="description-title">
                  Description
                </h2>
              </header>
              <ServerHtml html={detail.description_html} />
            </section>
          )}
        </aside>
      )}
    </div>
  );
}

function Description({ html }: { html: string }) {
  return (
    <section className="side-section" aria-labelledby="description-title">
      <header>
        <h2 className="column-title" id="description-title">
          Description
        </h2>
      </header>
      {html ? <ServerHtml html={html} /> : <p className="muted side-none">None was written.</p>}
    </section>
  );
}

const TABS: { id: CaseTab; name: string; count: (bundle: Bundle) => number | null }[] = [
  { id: "timeline", name: "Timeline", count: () => null },
  { id: "logs", name: "Logs", count: ({ records }) => records },
  { id: "traces", name: "Traces", count: () => null },
  { id: "metrics", name: "Metrics", count: () => null },
  { id: "changes", name: "Changes", count: () => null },
  { id: "files", name: "Files", count: ({ files }) => files },
  { id: "templates", name: "Templates", count: ({ templates }) => templates },
  { id: "problems", name: "Problems", count: ({ problems }) => problems },
];

function Views({ bundle }: { bundle: Bundle | null }) {
  const { tab, set } = useCase();
  return (
    <Tabs
      className="views"
      selectedKey={tab}
      onSelectionChange={(key) => key !== tab && set({ view: key as CaseTab })}
    >
      <TabList className="tab-list" aria-label="Views">
        {TABS.map(({ id, name, count }) => {
          const number = bundle?.state === "ready" ? count(bundle) : null;
          return (
            <Tab key={id} id={id} className="tab">
              {name}
              {number !== null && <span className="count">{formatShortCount(number)}</span>}
              <Keys of={`case.view.${id}`} />
            </Tab>
          );
        })}
      </TabList>
      {TABS.map(({ id }) => (
        <TabPanel key={id} id={id} className="tab-panel" data-view={id}>
          {id === "timeline" ? <TimelineView /> : <BundleView tab={id} bundle={bundle} />}
        </TabPanel>
      ))}
    </Tabs>
  );
}

function BundleView({ tab, bundle }: { tab: CaseTab; bundle: Bundle | null }): ReactNode {
  const { detail } = useCase();
  const mayAttach = useMay("attach_bundle");
  if (!bundle) return <NoBundle caseNumber={detail.number} may={mayAttach} />;
  if (bundle.state === "reading") return <ReadingState bundle={bundle} />;
  if (bundle.state === "failed") return <FailedState bundle={bundle} />;
  switch (tab) {
    case "traces":
    case "metrics":
    case "changes":
      return <LazyView tab={tab} bundle={bundle} />;
    case "templates":
      return <TemplatesView bundle={bundle} />;
    case "files":
      return <FilesView bundle={bundle} />;
    case "problems":
      return <ProblemsView bundle={bundle} />;
    default:
      return <LogView key={bundle.id} bundle={bundle} />;
  }
}

const LAZY = { traces: TracesView, metrics: MetricsView, changes: ChangesView };

/** What most visits never open is loaded when it is opened. */
function LazyView({ tab, bundle }: { tab: keyof typeof LAZY; bundle: Bundle }) {
  const View = LAZY[tab];
  return (
    <Suspense fallback={<Loading what={`the ${tab}`} />}>
      <View key={bundle.id} bundle={bundle} />
    </Suspense>
  );
}
