// The time axis of the case: bars, brush, markers, and the same in words. Drawn by uPlot, which is loaded
// when it is first needed (HistogramChart.tsx).
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { histogramQuery } from "../api/queries.ts";
import type { Bundle, Histogram } from "../api/types.ts";
import { brushOf, NO_FILTER, type Span } from "../case/caseState.ts";
import { useCase } from "../case/useCase.ts";
import { useCommands } from "../keys/registry.ts";
import { useZone } from "../shell/zone.ts";
import { formatCount, plural } from "../time/number.ts";
import { formatLength, formatStamp, parseMicros, zoneLabel } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import {
  axisOf,
  coreOf,
  type KeyBrush,
  type Marker,
  moveKeyBrush,
  spanOfKeys,
  startKeyBrush,
} from "./brush.ts";
import { ContrastPanel } from "./ContrastPanel.tsx";
import { withTime } from "./query.ts";
import { TimeInputs } from "./TimeInputs.tsx";
import { setAxis } from "./timeAxis.ts";
import { useMarkers } from "./useMarkers.ts";

const HistogramChart = lazy(() => import("./HistogramChart.tsx"));
const BUCKETS = 120;

export function HistogramPanel({ bundle }: { bundle: Bundle }) {
  const { state, set } = useCase();
  const { zone } = useZone();
  const brush = brushOf(state.filter);
  const markers = useMarkers(bundle);
  const { whole, core } = useWholeBundle(bundle, markers);
  const inCore = !brush || (core && brush.from >= core.from && brush.to <= core.to);
  const shown = state.zoom ?? (inCore ? core : null);
  const axisFilter = { query: withTime(state.filter.query, shown) };
  const histogram = useQuery({
    ...histogramQuery(bundle.id, axisFilter, BUCKETS),
    enabled: whole !== undefined,
  }).data;
  const axis = axisOf(histogram);
  const isWhole = !shown || !whole || (shown.from <= whole.from && shown.to >= whole.to);
  const setBrush = (span: Span | null) => set({ filter: { query: withTime(state.filter.query, span) } });
  useBrushCommands(bundle, histogram, axis, setBrush);
  const [from, to] = [axis?.from, axis?.to];
  useEffect(() => {
    setAxis(bundle.id, from !== undefined && to !== undefined ? { from, to } : null);
  }, [bundle.id, from, to]);
  if (!axis || !histogram) {
    return (
      <section className="histogram" aria-label="Lines over time">
        <p className="muted histogram-none">
          {histogram ? "No line of this selection has a time." : "Counting lines over time…"}
        </p>
      </section>
    );
  }
  return (
    <section className="histogram" aria-label="Lines over time">
      <header className="histogram-head">
        <TimeInputs axis={axis} brush={brush} zone={zone} onBrush={setBrush} />
        <span className="bar-space" />
        <Legend histogram={histogram} errorsOnly={state.errorsOnly} />
        <button
          type="button"
          className="chip"
          aria-pressed={state.errorsOnly}
          title="Histogram: errors only (⇧ I)"
          onClick={() => set({ errorsOnly: !state.errorsOnly }, { replace: true })}
        >
          Errors only
        </button>
        {brush && (
          <CommandButton command="brush.zoom" hideKeys>
            Zoom in
          </CommandButton>
        )}
        {!isWhole && (
          <button
            type="button"
            className="button"
            title="Also the few lines far from the rest"
            onClick={() => set({ zoom: core ? whole : null })}
          >
            Whole bundle
          </button>
        )}
      </header>
      <Suspense fallback={<div className="histogram-plot" />}>
        <HistogramChart
          histogram={histogram}
          axis={axis}
          brush={brush}
          markers={markers}
          zone={zone}
          errorsOnly={state.errorsOnly}
          onBrush={setBrush}
        />
      </Suspense>
      <Words histogram={histogram} axis={axis} brush={brush} zone={zone} />
      {brush && <ContrastPanel bundle={bundle} />}
    </section>
  );
}

/** The axis of everything, and the part of it that is worth the width. */
function useWholeBundle(bundle: Bundle, markers: readonly Marker[]) {
  const histogram = useQuery(histogramQuery(bundle.id, NO_FILTER, BUCKETS)).data;
  return useMemo(() => {
    const pinned = markers.filter(({ kind }) => kind === "evidence").map(({ us }) => us);
    return { whole: histogram && axisOf(histogram), core: coreOf(histogram, pinned) };
  }, [histogram, markers]);
}

function Legend({ histogram, errorsOnly }: { histogram: Histogram; errorsOnly: boolean }) {
  const top = (of: "all" | "error") => Math.max(0, ...histogram.buckets.map((bucket) => bucket[of]));
  const width = formatLength(histogram.width_us);
  return (
    <span className="legend tabular" title={`The tallest bar of each, per ${width}; each has its own scale`}>
      <span className="legend-key" data-of="error" /> errors ≤ {formatCount(top("error"))}
      {!errorsOnly && (
        <>
          <span className="legend-key" data-of="all" /> all ≤ {formatCount(top("all"))}
        </>
      )}
    </span>
  );
}

interface WordsProps {
  histogram: Histogram;
  axis: Span;
  brush: Span | null;
  zone: string;
}

/** The chart in one paragraph, for whoever cannot see it. */
function Words({ histogram, axis, brush, zone }: WordsProps) {
  const errors = histogram.buckets.reduce((sum, { error }) => sum + error, 0);
  const peak = histogram.buckets.reduce(
    (best, { error }, index, all) => (error > all[best]!.error ? index : best),
    0,
  );
  const stamp = (us: number) => formatStamp(us, zone, "s");
  return (
    <p className="visually-hidden" aria-live="polite">
      {plural(histogram.total, "line")} from {stamp(axis.from)} to {stamp(axis.to)}{" "}
      {zoneLabel(zone, axis.from)}, {plural(errors, "error")}
      {errors > 0 && `, most of them around ${stamp(axis.from + peak * histogram.width_us)}`}.{" "}
      {histogram.untimed > 0 && `${plural(histogram.untimed, "line")} without a time. `}
      {brush ? `Chosen: ${stamp(brush.from)} to ${stamp(brush.to)}.` : "No time is chosen."}
    </p>
  );
}

function useBrushCommands(
  bundle: Bundle,
  histogram: Histogram | undefined,
  axis: Span | null,
  setBrush: (span: Span | null) => void,
): void {
  const { state, set } = useCase();
  const brush = brushOf(state.filter);
  const keys = useRef<KeyBrush | null>(null);
  const [, redraw] = useState(0);
  const extend = (by: 1 | -1) => () => {
    if (!axis || !histogram) return;
    const held = keys.current;
    const same = held && JSON.stringify(spanOfKeys(held)) === JSON.stringify(brush);
    const from = same ? held : startKeyBrush(brush, parseMicros(bundle.first), axis, histogram.width_us);
    keys.current = moveKeyBrush(from, by, axis, histogram.width_us);
    setBrush(spanOfKeys(keys.current));
    redraw((count) => count + 1);
  };
  const enabled = axis !== null;
  const withoutTime = { query: withTime(state.filter.query, null) };
  useCommands({
    "brush.later": { enabled, run: extend(1) },
    "brush.earlier": { enabled, run: extend(-1) },
    "brush.zoom": brush ? () => set({ zoom: brush, filter: withoutTime }) : undefined,
    "brush.clear": brush || state.zoom ? () => set({ zoom: null, filter: withoutTime }) : undefined,
    "histogram.errors": { enabled, run: () => set({ errorsOnly: !state.errorsOnly }, { replace: true }) },
  });
}
