// Which rows of a waterfall are shown, and where the cursor goes. Parents stand before their children.
import type { Span } from "../api/types.ts";

export type Closed = ReadonlySet<string>;

/** Spans with something below them. */
export function parentsOf(spans: readonly Span[]): Set<number> {
  return new Set(spans.flatMap(({ parent }) => (parent === null ? [] : [parent])));
}

/** Places of the spans that no closed one hides. */
export function shownOf(spans: readonly Span[], closed: Closed): number[] {
  const hidden = new Set<number>();
  const shown: number[] = [];
  spans.forEach((span, place) => {
    const { parent } = span;
    if (parent !== null && (hidden.has(parent) || closed.has(spans[parent]!.id))) hidden.add(place);
    else shown.push(place);
  });
  return shown;
}

/** One level less: the deepest open parents are closed. */
export function closeLevel(spans: readonly Span[], closed: Closed): Closed {
  const parents = parentsOf(spans);
  const open = shownOf(spans, closed).filter((place) => parents.has(place) && !closed.has(spans[place]!.id));
  const deepest = Math.max(...open.map((place) => spans[place]!.depth));
  const more = open.filter((place) => spans[place]!.depth === deepest).map((place) => spans[place]!.id);
  return new Set([...closed, ...more]);
}

/** One level more: the closed parents that can be seen are opened. */
export function openLevel(spans: readonly Span[], closed: Closed): Closed {
  const next = new Set(closed);
  for (const place of shownOf(spans, closed)) next.delete(spans[place]!.id);
  return next;
}
