import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Span, Waterfall } from "../api/types.ts";
import { useCommands } from "../keys/registry.ts";
import { formatLength } from "../time/time.ts";
import { type Closed, closeLevel, openLevel, parentsOf, shownOf } from "./tree.ts";

const ROW_PX = 24;

interface Props {
  waterfall: Waterfall;
  chosen: string | null;
  onChoose: (span: string) => void;
}

/** The waterfall as a tree of rows: one stop of Tab, and the arrows inside it. */
export function SpanTree({ waterfall, chosen, onChoose }: Props) {
  const { spans } = waterfall;
  const [closed, setClosed] = useState<Closed>(new Set());
  const parents = useMemo(() => parentsOf(spans), [spans]);
  const shown = useMemo(() => shownOf(spans, closed), [spans, closed]);
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const at = shown.findIndex((place) => spans[place]!.id === chosen);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new choice scrolls
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at, { align: "auto" });
  }, [chosen, at >= 0]);

  const go = (to: number) => {
    const place = shown[Math.min(shown.length - 1, Math.max(0, to))];
    if (place !== undefined) onChoose(spans[place]!.id);
    scroll.current?.focus();
  };
  const toggle = (place: number, open: boolean) => {
    const next = new Set(closed);
    if (open) next.delete(spans[place]!.id);
    else next.add(spans[place]!.id);
    setClosed(next);
  };
  const onKey = (event: KeyboardEvent) => {
    const place = shown[at];
    const act = keyAct(event.key, { at, last: shown.length - 1, go });
    if (act) act();
    else if (place === undefined) return;
    else if (event.key === "ArrowLeft") {
      const { parent, id } = spans[place]!;
      if (parents.has(place) && !closed.has(id)) toggle(place, false);
      else if (parent !== null) onChoose(spans[parent]!.id);
    } else if (event.key === "ArrowRight" && parents.has(place)) {
      if (closed.has(spans[place]!.id)) toggle(place, true);
      else go(at + 1);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  useCommands({
    "lines.next": () => go(at + 1),
    "lines.previous": () => go(at - 1),
    "lines.first": () => go(0),
    "lines.last": () => go(shown.length - 1),
    "spans.collapse": () => setClosed(closeLevel(spans, closed)),
    "spans.expand": () => setClosed(openLevel(spans, closed)),
  });
  return (
    <div
      className="span-tree"
      role="treegrid"
      aria-label="Spans"
      aria-rowcount={shown.length + 1}
      aria-activedescendant={at >= 0 ? `span-${at}` : undefined}
      tabIndex={0}
      ref={scroll}
      onKeyDown={onKey}
    >
      <div className="span-head" role="row" aria-rowindex={1}>
        <span role="columnheader">Span</span>
        <span role="columnheader" className="number">
          Took
        </span>
        <span role="columnheader" className="number">
          Itself
        </span>
        <span role="columnheader">
          <span className="span-key" data-critical="true" /> critical path <span className="span-key" />{" "}
          beside it
        </span>
      </div>
      <div className="span-space" role="rowgroup" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const place = shown[index]!;
          const span = spans[place]!;
          return (
            <SpanRow
              key={span.id}
              id={`span-${index}`}
              rowIndex={index + 2}
              top={start}
              span={span}
              whole={Math.max(1, waterfall.duration_us)}
              selected={index === at}
              open={parents.has(place) ? !closed.has(span.id) : null}
              onChoose={() => onChoose(span.id)}
              onToggle={() => toggle(place, closed.has(span.id))}
            />
          );
        })}
      </div>
    </div>
  );
}

function keyAct(
  key: string,
  { at, last, go }: { at: number; last: number; go: (to: number) => void },
): (() => void) | null {
  const to: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: last,
    PageDown: at + 10,
    PageUp: at - 10,
  };
  const target = to[key];
  return target === undefined ? null : () => go(target);
}

interface RowProps {
  id: string;
  rowIndex: number;
  top: number;
  span: Span;
  whole: number;
  selected: boolean;
  /** null: nothing is below it. */
  open: boolean | null;
  onChoose: () => void;
  onToggle: () => void;
}

function SpanRow({ id, rowIndex, top, span, whole, selected, open, onChoose, onToggle }: RowProps) {
  // A span that hangs on nothing may have any clock: it is drawn at the edge.
  const left = Math.min(99.5, (Math.max(0, span.offset_us) / whole) * 100);
  const width = Math.max(0.2, Math.min(100 - left, (span.duration_us / whole) * 100));
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the tree, which has the focus
    <div
      id={id}
      className="span-row"
      role="row"
      aria-rowindex={rowIndex}
      aria-level={span.depth + 1}
      aria-expanded={open ?? undefined}
      aria-selected={selected}
      data-failed={span.failed || undefined}
      data-critical={span.critical_us !== null || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onChoose}
    >
      <span role="gridcell" className="span-name" style={{ paddingLeft: Math.min(span.depth, 24) * 12 }}>
        <span
          className="span-toggle"
          aria-hidden="true"
          onClick={(event) => {
            if (open === null) return;
            event.stopPropagation();
            onToggle();
          }}
        >
          {open === null ? "" : open ? "▾" : "▸"}
        </span>
        <span className="cut">
          {span.failed && <b className="failure">{span.origin ? "✕ failed first " : "✕ "}</b>}
          <b>{span.service}</b> {span.operation}
        </span>
      </span>
      <span role="gridcell" className="number tabular">
        {formatLength(span.duration_us)}
      </span>
      <span role="gridcell" className="number tabular muted">
        {formatLength(span.self_us)}
      </span>
      <span role="gridcell" className="span-lane">
        <span className="visually-hidden">{span.critical_us !== null ? "on the critical path" : ""}</span>
        <span className="span-bar" style={{ left: `${left}%`, width: `${width}%` }} />
      </span>
    </div>
  );
}
