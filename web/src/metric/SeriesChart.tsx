import { type PointerEvent, useEffect, useRef } from "react";
import type { Series, SeriesPoints } from "../api/types.ts";
import { shareOf } from "../bundle/brush.ts";
import { CursorLine } from "../bundle/CursorLine.tsx";
import { setCursor, useTimeAxis } from "../bundle/timeAxis.ts";
import type { Span } from "../case/caseState.ts";
import { useZone } from "../shell/zone.ts";
import { formatClock, parseMicros } from "../time/time.ts";
import { bandPath, formatValue, HEIGHT, linePath, rangeOf, valueAt, WIDTH } from "./scale.ts";

interface Props {
  series: Series;
  points: SeriesPoints | undefined;
  axis: Span;
  brush: Span | null;
  /** Somebody followed a citation to it. */
  cited: boolean;
}

export function SeriesChart({ series, points, axis, brush, cited }: Props) {
  const { zone } = useZone();
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (cited) item.current?.scrollIntoView({ block: "nearest" });
  }, [cited]);
  const { change } = series;
  const of = series.caller ? `${series.caller} → ${series.component}` : series.component || "the system";
  return (
    <li className="chart" ref={item} data-cited={cited || undefined}>
      <h3 className="cut" title={`${series.metric}{${series.labels}}`}>
        <b>{of}</b> <span className="mono">{series.metric}</span>
      </h3>
      <p className="muted mono cut chart-labels" title={series.labels}>
        {series.labels.split(",").join(" ")}
      </p>
      {points && points.times_us.length > 0 ? (
        <Plot series={series} points={points} axis={axis} brush={brush} />
      ) : (
        <p className="chart-none muted">{points ? "No point in this time." : ""}</p>
      )}
      <p className="chart-foot tabular">
        {change ? (
          <span title={`${Math.abs(change.strength).toFixed(0)} times what it usually varies`}>
            <span aria-hidden="true">{change.after > change.before ? "▲" : "▼"}</span>{" "}
            {formatValue(change.before)} to {formatValue(change.after)} at{" "}
            {formatClock(parseMicros(change.at), zone, "s")}
          </span>
        ) : (
          <span className="muted">{series.low === series.high ? "never changes" : "no lasting change"}</span>
        )}
        {points && <AtCursor points={points} rate={series.counter} />}
      </p>
    </li>
  );
}

type PlotProps = Pick<Props, "series" | "axis" | "brush"> & { points: SeriesPoints };

function Plot({ series, points, axis, brush }: PlotProps) {
  const range = rangeOf(points);
  const changeUs = parseMicros(series.change?.at);
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setCursor(Math.round(axis.from + ((event.clientX - box.left) / box.width) * (axis.to - axis.from)));
  };
  const x = (us: number) => `${Math.min(100, Math.max(0, shareOf(us, axis) * 100))}%`;
  return (
    <div className="chart-plot" onPointerMove={point} onPointerLeave={() => setCursor(null)}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <polygon className="chart-band" points={bandPath(points, axis, range)} />
        <polyline className="chart-line" points={linePath(points, axis, range)} />
      </svg>
      {brush && (
        <span
          className="chart-brush"
          style={{ left: x(brush.from), right: `calc(100% - ${x(brush.to)})` }}
          aria-hidden="true"
        />
      )}
      {changeUs >= axis.from && changeUs < axis.to && (
        <span className="chart-change" style={{ left: x(changeUs) }} aria-hidden="true" />
      )}
      <CursorLine axis={axis} />
      <span className="chart-high tabular muted">{formatValue(range.high)}</span>
      <span className="chart-low tabular muted">{formatValue(range.low)}</span>
    </div>
  );
}

function AtCursor({ points, rate }: { points: SeriesPoints; rate: boolean }) {
  const cursor = useTimeAxis((state) => state.cursor);
  const value = valueAt(points, cursor ?? Number.POSITIVE_INFINITY);
  if (value === null) return null;
  return (
    <b className="chart-value">
      {formatValue(value)}
      {rate && " /s"}
    </b>
  );
}
