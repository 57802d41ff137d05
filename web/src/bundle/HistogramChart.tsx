import "uplot/dist/uPlot.min.css";
import { useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import type { Histogram } from "../api/types.ts";
import type { Span } from "../case/caseState.ts";
import { useThemeTick } from "../shell/settings.ts";
import { formatClock, formatDay, offsetMinutes } from "../time/time.ts";
import { groupMarkers, type Marker, shareOf, spanOfPixels, tickTimes } from "./brush.ts";
import { CursorLine } from "./CursorLine.tsx";
import { setCursor } from "./timeAxis.ts";

const PLOT_PX = 72;
const AXIS_PX = 22;
const TICK_GAP_PX = 96;
const MARKER_GAP_PX = 26;
const EDGE_PX = 22;

interface Props {
  histogram: Histogram;
  axis: Span;
  brush: Span | null;
  markers: Marker[];
  zone: string;
  errorsOnly: boolean;
  onBrush: (span: Span | null) => void;
}

export default function HistogramChart(props: Props) {
  const { histogram, axis, brush, markers, zone, errorsOnly, onBrush } = props;
  const place = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(place);
  const tick = useThemeTick((state) => state.tick);
  const brushed = useRef(onBrush);
  brushed.current = onBrush;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme draws everything again, in its colours
  useEffect(() => {
    const element = place.current;
    if (!element || widthPx === 0) return;
    const plot = new uPlot(
      optionsOf({ histogram, axis, zone, errorsOnly, widthPx }, (span) => brushed.current(span)),
      dataOf(histogram, axis),
      element,
    );
    return () => plot.destroy();
  }, [histogram, axis.from, axis.to, zone, errorsOnly, widthPx, tick]);

  return (
    <div className="histogram-plot">
      <MarkerLane markers={markers} axis={axis} widthPx={widthPx} />
      <div className="histogram-canvas" ref={place} aria-hidden="true" data-testid="histogram" />
      {brush && <BrushMark brush={brush} axis={axis} />}
      <div className="histogram-cursor" aria-hidden="true">
        <CursorLine axis={axis} />
      </div>
    </div>
  );
}

function useWidth(place: React.RefObject<HTMLDivElement | null>): number {
  const [widthPx, setWidthPx] = useState(0);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidthPx(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return widthPx;
}

function BrushMark({ brush, axis }: { brush: Span; axis: Span }) {
  const left = Math.max(0, shareOf(brush.from, axis));
  const right = Math.min(1, shareOf(brush.to, axis));
  if (right <= 0 || left >= 1) return null;
  const style = { left: `${left * 100}%`, width: `${(right - left) * 100}%` };
  return <div className="brush-mark" style={style} aria-hidden="true" />;
}

function MarkerLane({ markers, axis, widthPx }: { markers: Marker[]; axis: Span; widthPx: number }) {
  const groups = groupMarkers(markers, axis, widthPx, MARKER_GAP_PX);
  return (
    <div className="marker-lane" role="group" aria-label="Markers">
      {groups.map(({ share, markers: list }) => {
        const first = leading(list);
        const shown = list.length > 1 ? `${first.short}+${list.length - 1}` : first.short;
        const label = list.map((marker) => marker.label).join("\n");
        return (
          <button
            key={first.key}
            type="button"
            className="marker"
            data-kind={first.kind}
            style={{ left: `${share * 100}%` }}
            title={label}
            aria-label={`${shown} ${label}`}
            onClick={first.act}
          >
            {shown}
          </button>
        );
      })}
    </div>
  );
}

const KIND_RANK = { evidence: 0, finding: 1, entry: 2 };

/** What a group is called by: what somebody pinned says more than when somebody typed. */
function leading(list: readonly Marker[]): Marker {
  return list.reduce((best, marker) => (KIND_RANK[marker.kind] < KIND_RANK[best.kind] ? marker : best));
}

function dataOf(histogram: Histogram, axis: Span): uPlot.AlignedData {
  const x = histogram.buckets.map((_, index) => (axis.from + (index + 0.5) * histogram.width_us) / 1_000_000);
  const of = (name: "all" | "error") => histogram.buckets.map((bucket) => bucket[name] || null);
  return [x, of("all"), of("error")];
}

interface Drawn {
  histogram: Histogram;
  axis: Span;
  zone: string;
  errorsOnly: boolean;
  widthPx: number;
}

function optionsOf(drawn: Drawn, onBrush: (span: Span | null) => void): uPlot.Options {
  const { histogram, axis, zone, errorsOnly, widthPx } = drawn;
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const bars = uPlot.paths.bars!({ size: [0.9, 60], align: 0 });
  const top =
    (share: number) =>
    (_: uPlot, _min: number, max: number): [number, number] => [0, (max || 1) / share];
  const offsetUs = offsetMinutes(zone, axis.from / 1000) * 60_000_000;
  const ticks = tickTimes(axis, widthPx, TICK_GAP_PX, offsetUs);
  return {
    width: widthPx,
    height: PLOT_PX + AXIS_PX,
    padding: [0, 0, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false, dist: 3 },
    },
    scales: {
      x: { time: false, range: [axis.from / 1_000_000, axis.to / 1_000_000] },
      // Errors have their own scale: the volume of the rest would flatten them.
      all: { range: top(0.96) },
      error: { range: top(0.8) },
    },
    axes: [
      {
        scale: "x",
        size: AXIS_PX,
        stroke: colour("--muted"),
        font: `11px ${colour("--font")}`,
        grid: { stroke: colour("--line"), width: 1 },
        ticks: { stroke: colour("--line"), width: 1, size: 4 },
        // A label at the very edge would be cut in half.
        splits: () =>
          ticks.at
            .filter((us) => Math.min(shareOf(us, axis), 1 - shareOf(us, axis)) * widthPx > EDGE_PX)
            .map((us) => us / 1_000_000),
        // The default axis prints 12-hour times: always overridden, or axis and rows disagree.
        values: (_, splits) => splits.map((s) => tickText(s * 1_000_000, zone, ticks.stepUs)),
      },
    ],
    series: [
      {},
      {
        scale: "all",
        // When the filter leaves only errors, a second bar of the same thing would look like more.
        show: !errorsOnly && histogram.buckets.some(({ all, error }) => all !== error),
        fill: colour("--bar-all"),
        stroke: colour("--bar-all"),
        width: 0,
        paths: bars,
        points: { show: false },
      },
      {
        scale: "error",
        fill: colour("--bar-error"),
        stroke: colour("--bar-error"),
        width: 0,
        paths: bars,
        points: { show: false },
      },
    ],
    hooks: {
      setCursor: [
        ({ cursor, over }) => {
          const px = cursor.left ?? -1;
          setCursor(px < 0 ? null : axis.from + (px / over.clientWidth) * (axis.to - axis.from));
        },
      ],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width > 0) onBrush(spanOfPixels(left, width, plot.over.clientWidth, axis, histogram.width_us));
          // The mark is ours, so that it stays with the address and not with the last drag.
          plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
        },
      ],
    },
  };
}

function tickText(us: number, zone: string, stepUs: number): string {
  const clock = formatClock(us, zone, stepUs < 60_000_000 ? "s" : "m");
  if (stepUs >= 86_400_000_000) return formatDay(us, zone).slice(5);
  return clock === "00:00" ? formatDay(us, zone).slice(5) : clock;
}
