import { type CSSProperties, memo } from "react";
import type { Line } from "../api/types.ts";
import { formatClock, formatStamp, parseMicros } from "../time/time.ts";

export interface SourceName {
  full: string;
  short: string;
}

export interface LineLook {
  zone: string;
  /** The bundle spans more than a day, so the clock alone would not say which. */
  withDay: boolean;
  sources: ReadonlyMap<number, SourceName>;
  pinned: ReadonlyMap<string, string>;
  marks: ReadonlySet<string>;
  hit: string;
}

export const placeOf = ({ file, line }: { file: number; line: number }) => `${file}:${line}`;

interface Props {
  position: number;
  line: Line | undefined;
  offsetPx: number;
  current: boolean;
  look: LineLook;
}

/** At most four cells and one text node in each: about three quarters of the cost of a list is layout. */
export const LineRow = memo(function LineRow({ position, line, offsetPx, current, look }: Props) {
  const style: CSSProperties = { transform: `translateY(${offsetPx}px)` };
  if (!line) {
    return (
      <div role="row" className="line-row" data-wait="" style={style} aria-rowindex={position + 2}>
        <span role="gridcell" className="line-time">
          …
        </span>
      </div>
    );
  }
  const place = placeOf(line);
  const item = look.pinned.get(place);
  const source = look.sources.get(line.source);
  return (
    <div
      id={`line-${position}`}
      role="row"
      aria-rowindex={position + 2}
      aria-selected={current}
      className="line-row"
      data-position={position}
      data-level={line.level ?? undefined}
      data-pinned={item ? "" : undefined}
      data-marked={look.marks.has(place) ? "" : undefined}
      style={style}
    >
      <span role="gridcell" className="line-time">
        {timeText(line, look)}
      </span>
      <span role="gridcell" className="line-level">
        {line.level?.toUpperCase() ?? ""}
      </span>
      <span role="gridcell" className="line-source" title={source?.full}>
        {source?.short ?? line.source}
      </span>
      <span role="gridcell" className="line-text">
        {item && <span className="line-item">{item}</span>}
        {look.marks.has(place) && <span className="line-item">mark</span>}
        <Hits text={line.text.slice(line.body_start) || line.text} hit={look.hit} />
        {line.more_lines > 0 && <span className="line-more"> +{line.more_lines}</span>}
      </span>
    </div>
  );
});

function timeText(line: Line, look: LineLook): string {
  if (!line.time) return "no time";
  const us = parseMicros(line.time);
  const text = look.withDay ? formatStamp(us, look.zone, "ms").slice(5) : formatClock(us, look.zone, "ms");
  return line.time_confidence === "exact" ? text : `${text} ~`;
}

const HITS_SHOWN = 5;

function Hits({ text, hit }: { text: string; hit: string }) {
  if (!hit) return text;
  const parts: (string | React.ReactElement)[] = [];
  const lower = text.toLowerCase();
  const wanted = hit.toLowerCase();
  let from = 0;
  for (let count = 0; count < HITS_SHOWN; count += 1) {
    const found = lower.indexOf(wanted, from);
    if (found < 0) break;
    parts.push(text.slice(from, found));
    parts.push(<mark key={found}>{text.slice(found, found + hit.length)}</mark>);
    from = found + hit.length;
  }
  return (
    <>
      {parts}
      {text.slice(from)}
    </>
  );
}
