// Metric series as small charts on the time axis of the histogram, those that changed most first. One
// cursor runs through all of them.
import "../styles/metric.css";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { pointsQuery, seriesQuery } from "../api/queries.ts";
import type { Bundle, Series } from "../api/types.ts";
import { setCursor, useTimeAxis } from "../bundle/timeAxis.ts";
import { brushOf, type Span } from "../case/caseState.ts";
import { useCase } from "../case/useCase.ts";
import { useZone } from "../shell/zone.ts";
import { formatCount, plural } from "../time/number.ts";
import { formatStamp, parseMicros, toRfc3339, zoneLabel } from "../time/time.ts";
import { EmptyState, ErrorState, Loading } from "../ui/states.tsx";
import { useSettled } from "../ui/useSettled.ts";
import { SeriesChart } from "./SeriesChart.tsx";

const PAGE = 24;
const CURSOR_STEPS = 400;

export default function MetricsView({ bundle }: { bundle: Bundle }) {
  const { state } = useCase();
  const [typed, setTyped] = useState("");
  const text = useSettled(typed.trim());
  const [component, setComponent] = useState("");
  const [changed, setChanged] = useState(false);
  const [page, setPage] = useState(0);
  const found = useQuery(
    seriesQuery(bundle.id, {
      text: text || undefined,
      component: component || undefined,
      changed: changed ? "true" : undefined,
      first: state.series ?? undefined,
      offset: page * PAGE,
      limit: PAGE,
    }),
  );
  const narrow = (act: () => void) => {
    act();
    setPage(0);
  };
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="the metrics" />;
  const { series, total, hidden, components, left_out } = found.data;
  if (total + hidden === 0) {
    return (
      <EmptyState title="This bundle has no metrics">
        <p className="muted">
          Prometheus, OpenMetrics, CloudWatch, OTLP and CSV are read. The Files view says what each file is.
        </p>
      </EmptyState>
    );
  }
  return (
    <section className="metrics" aria-label="Metrics">
      <div className="bar" role="toolbar" aria-label="Which series">
        <input
          className="input"
          type="search"
          aria-label="Words in the name"
          placeholder="metric or label"
          value={typed}
          onChange={(event) => narrow(() => setTyped(event.target.value))}
        />
        <select
          className="input"
          aria-label="Component"
          value={component}
          onChange={(event) => narrow(() => setComponent(event.target.value))}
        >
          <option value="">every component</option>
          {components
            .filter(({ value }) => value !== "")
            .map(({ value, count }) => (
              <option key={value} value={value}>
                {value} ({formatCount(count)})
              </option>
            ))}
        </select>
        <button
          type="button"
          className="chip"
          aria-pressed={changed}
          onClick={() => narrow(() => setChanged(!changed))}
        >
          Changed only
        </button>
        <span className="bar-space" />
        <span className="muted nowrap" role="status">
          {formatCount(total)} of {plural(total + hidden, "series", "series")}
        </span>
      </div>
      {total === 0 ? (
        <EmptyState title="No series passes">
          <p className="muted">Clear the words, the component or “Changed only”.</p>
        </EmptyState>
      ) : (
        <Charts bundle={bundle} series={series} />
      )}
      <div className="metrics-foot muted">
        {left_out.map((text) => (
          <span key={text}>{text}</span>
        ))}
        {total > PAGE && <Pages page={page} pages={Math.ceil(total / PAGE)} onPage={setPage} />}
      </div>
    </section>
  );
}

function Pages({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  return (
    <span className="button-row">
      <button type="button" className="button" disabled={page === 0} onClick={() => onPage(page - 1)}>
        Before
      </button>
      <span className="tabular">
        page {page + 1} of {pages}
      </span>
      <button type="button" className="button" disabled={page + 1 >= pages} onClick={() => onPage(page + 1)}>
        After
      </button>
    </span>
  );
}

/** The axis of the histogram, or the span of the series where the bundle has no timed lines. */
function useAxis(bundle: Bundle, series: readonly Series[]): Span {
  const shared = useTimeAxis((state) => (state.bundle === bundle.id ? state.axis : null));
  if (shared) return shared;
  const times = (of: "first" | "last") =>
    series.map((one) => parseMicros(one[of])).filter((us) => !Number.isNaN(us));
  const [from, to] = [Math.min(...times("first")), Math.max(...times("last"))];
  return { from, to: Math.max(to, from) + 1 };
}

function Charts({ bundle, series }: { bundle: Bundle; series: readonly Series[] }) {
  const { state, set } = useCase();
  const axis = useAxis(bundle, series);
  const found = useQuery(
    pointsQuery(
      bundle.id,
      series.map(({ id }) => id),
      toRfc3339(axis.from),
      toRfc3339(axis.to),
    ),
  );
  const { moment } = state;
  useEffect(() => {
    if (moment !== null) setCursor(moment);
    return () => setCursor(null);
  }, [moment]);
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  const points = new Map(found.data?.map((one) => [one.id, one]));
  return (
    <>
      <CursorSlider axis={axis} onRest={(us) => set({ moment: us }, { replace: true })} />
      <div
        className="metrics-scroll"
        tabIndex={0}
        role="region"
        aria-label="Charts"
        aria-busy={found.isPending}
      >
        <ul className="charts">
          {series.map((one) => (
            <SeriesChart
              key={one.id}
              series={one}
              points={points.get(one.id)}
              axis={axis}
              brush={brushOf(state.filter)}
              cited={one.id === state.series}
            />
          ))}
        </ul>
      </div>
    </>
  );
}

/** The cursor of all charts for whoever has no mouse, and its time in words. */
function CursorSlider({ axis, onRest }: { axis: Span; onRest: (us: number) => void }) {
  const { zone } = useZone();
  const cursor = useTimeAxis((state) => state.cursor);
  const step = (axis.to - axis.from) / CURSOR_STEPS;
  const at = cursor === null ? 0 : Math.round((cursor - axis.from) / step);
  const words =
    cursor === null ? "no moment" : `${formatStamp(cursor, zone, "s")} ${zoneLabel(zone, cursor)}`;
  return (
    <div className="metrics-cursor">
      <label htmlFor="metrics-cursor">Cursor</label>
      <input
        id="metrics-cursor"
        type="range"
        min={0}
        max={CURSOR_STEPS}
        value={Math.min(CURSOR_STEPS, Math.max(0, at))}
        aria-valuetext={words}
        onChange={(event) => setCursor(Math.round(axis.from + Number(event.target.value) * step))}
        onBlur={() => cursor !== null && onRest(cursor)}
      />
      <span className="tabular muted">{words}</span>
    </div>
  );
}
