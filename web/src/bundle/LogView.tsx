import { useQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { evidenceQuery, sourcesQuery } from "../api/queries.ts";
import type { Bundle, Source } from "../api/types.ts";
import { isNarrowed, NO_FILTER } from "../case/caseState.ts";
import { useCase } from "../case/useCase.ts";
import { useZone } from "../shell/zone.ts";
import { parseMicros, zoneLabel } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { shortNames } from "../ui/shortNames.ts";
import { ErrorState, Loading } from "../ui/states.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { LineDetailPanel } from "./LineDetailPanel.tsx";
import { LineGrid, type LineGridHandle } from "./LineGrid.tsx";
import { type LineLook, placeOf, type SourceName } from "./LineRow.tsx";
import { useMarks } from "./marks.ts";
import { isQueryError } from "./QueryMistake.tsx";
import { firstWords } from "./query.ts";
import { useCursor } from "./useCursor.ts";
import { useLineCommands } from "./useLineCommands.ts";
import { useLinePages } from "./useLinePages.ts";

const DAY_US = 86_400_000_000;
const NONE: readonly string[] = [];

export function LogView({ bundle }: { bundle: Bundle }) {
  const { state, set } = useCase();
  const { filter } = state;
  const filterKey = `${bundle.id} ${JSON.stringify(filter)}`;
  const pages = useLinePages(bundle.id, filter, filterKey);
  const grid = useRef<LineGridHandle>(null);
  const filterInput = useRef<HTMLInputElement>(null);
  const cursor = useCursor({ bundleId: bundle.id, filter, filterKey, pages, at: state.at, set, grid });
  const look = useLook(bundle);
  useLineCommands({ bundle, pages, cursor, grid, filterInput });
  const { zone } = useZone();

  return (
    <section className="log-view" aria-label="Logs">
      <FilterBar bundle={bundle} pages={pages} input={filterInput} />
      {cursor.hidden && <HiddenLine />}
      {pages.error && isQueryError(pages.error) ? (
        <p className="state muted">The filter is not understood yet; the place is marked above.</p>
      ) : pages.error ? (
        <ErrorState error={pages.error} retry={() => pages.retry(0, 1)} />
      ) : pages.total === null ? (
        <Loading what="the lines" />
      ) : pages.total === 0 ? (
        <NoLines bundle={bundle} />
      ) : (
        <LineGrid
          ref={grid}
          pages={pages}
          position={cursor.position}
          look={look}
          zoneLabel={zoneLabel(zone, parseMicros(bundle.first) || Date.now() * 1000)}
          onSelect={cursor.select}
          onOpen={() => set({ detail: true }, { replace: true })}
        />
      )}
      {state.detail && cursor.line && <LineDetailPanel bundle={bundle} line={cursor.line} look={look} />}
    </section>
  );
}

const SOURCE_CHARS = 19;

function sourceNames(sources: readonly Source[]): Map<number, SourceName> {
  const short = shortNames(
    sources.map(({ name }) => name),
    SOURCE_CHARS,
  );
  return new Map(sources.map(({ id, name }) => [id, { full: name, short: short.get(name) ?? name }]));
}

function useLook(bundle: Bundle): LineLook {
  const { detail, state } = useCase();
  const { zone } = useZone();
  const sources = useQuery(sourcesQuery(bundle.id)).data;
  const evidence = useQuery(evidenceQuery(detail.number)).data;
  const marks = useMarks(({ byBundle }) => byBundle[bundle.id]) ?? NONE;
  const hit = state.find || firstWords(state.filter.query);
  return useMemo(
    () => ({
      zone,
      withDay: parseMicros(bundle.last) - parseMicros(bundle.first) > DAY_US,
      sources: sourceNames(sources ?? []),
      pinned: new Map(
        evidence
          ?.filter(({ pinned, bundle_id }) => pinned && bundle_id === bundle.id)
          .map((item) => [placeOf(item), item.number]),
      ),
      marks: new Set(marks),
      hit,
    }),
    [zone, bundle, sources, evidence, marks, hit],
  );
}

function HiddenLine() {
  const { set } = useCase();
  return (
    <p className="notice" role="status">
      The line of the link is hidden by the filter.
      <button type="button" className="link" onClick={() => set({ filter: NO_FILTER })}>
        Clear the filter and show it
      </button>
    </p>
  );
}

function NoLines({ bundle }: { bundle: Bundle }) {
  const { state } = useCase();
  if (!isNarrowed(state.filter)) {
    return (
      <div className="state">
        <h2 className="state-title">This bundle has no log lines</h2>
        <p className="muted">{bundle.files} files were read. The Files view says what each one is.</p>
        <CommandButton command="case.view.files">Files</CommandButton>
      </div>
    );
  }
  return (
    <div className="state">
      <h2 className="state-title">No line matches the filter</h2>
      <CommandButton command="lines.clear" kind="primary">
        Clear all filters
      </CommandButton>
    </div>
  );
}
