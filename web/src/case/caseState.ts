// What the address says about a case: the whole view, so that a pasted link shows the same screen.
import type { LineFilter } from "../api/types.ts";
import { type Span, timeOf } from "../bundle/query.ts";
import { oneOf, type Search } from "../shell/search.ts";
import { parseMicros, toRfc3339 } from "../time/time.ts";

export const CASE_VIEWS = [
  "timeline",
  "logs",
  "traces",
  "metrics",
  "changes",
  "files",
  "templates",
  "problems",
] as const;
export type CaseTab = (typeof CASE_VIEWS)[number];

export type { Span };

export interface CaseState {
  bundle: string | null;
  view: CaseTab | null;
  filter: LineFilter;
  find: string;
  at: { file: number; line: number } | null;
  detail: boolean;
  zoom: Span | null;
  errorsOnly: boolean;
  wide: boolean;
  /** The trace that is open, and the span in it. */
  trace: string | null;
  span: string | null;
  /** The metric series that stands out, by its number. */
  series: number | null;
  /** Where the cursor of the time axis stands. */
  moment: number | null;
  /** The hypothesis somebody came for: `H2`. */
  hypothesis: string | null;
}

export const NO_FILTER: LineFilter = { query: "" };

export function parseSpan(text: string | undefined): Span | null {
  const [from, to] = (text ?? "").split("~").map(parseMicros);
  return from !== undefined && to !== undefined && from < to ? { from, to } : null;
}

export function spanText(span: Span | null): string | undefined {
  return span ? `${toRfc3339(span.from)}~${toRfc3339(span.to)}` : undefined;
}

function momentOf(text: string | undefined): number | null {
  const us = parseMicros(text);
  return Number.isNaN(us) ? null : us;
}

function parsePlace(text: string | undefined): CaseState["at"] {
  const match = /^(\d+):(\d+)$/.exec(text ?? "");
  return match ? { file: Number(match[1]), line: Number(match[2]) } : null;
}

export function caseState(search: Search): CaseState {
  return {
    bundle: search.bundle ?? null,
    view: CASE_VIEWS.find((view) => view === search.view) ?? null,
    filter: { query: search.q ?? "" },
    find: search.find ?? "",
    at: parsePlace(search.at),
    detail: search.detail === "1",
    zoom: parseSpan(search.zoom),
    errorsOnly: search.errors === "1",
    wide: oneOf(search.panels, ["0", "1"], "1") === "0",
    trace: search.trace ?? null,
    span: search.span ?? null,
    series: /^\d+$/.test(search.series ?? "") ? Number(search.series) : null,
    moment: momentOf(search.t),
    hypothesis: /^H\d+$/.test(search.hyp ?? "") ? search.hyp! : null,
  };
}

export function caseSearch(patch: Partial<CaseState>): Search {
  const search: Search = {};
  if (patch.filter !== undefined) search.q = patch.filter.query || undefined;
  if (patch.bundle !== undefined) search.bundle = patch.bundle ?? undefined;
  if (patch.view !== undefined) search.view = patch.view ?? undefined;
  if (patch.find !== undefined) search.find = patch.find || undefined;
  if (patch.at !== undefined) search.at = patch.at ? `${patch.at.file}:${patch.at.line}` : undefined;
  if (patch.detail !== undefined) search.detail = patch.detail ? "1" : undefined;
  if (patch.zoom !== undefined) search.zoom = spanText(patch.zoom);
  if (patch.errorsOnly !== undefined) search.errors = patch.errorsOnly ? "1" : undefined;
  if (patch.trace !== undefined) search.trace = patch.trace ?? undefined;
  if (patch.span !== undefined) search.span = patch.span ?? undefined;
  if (patch.series !== undefined) search.series = patch.series === null ? undefined : String(patch.series);
  if (patch.moment !== undefined) search.t = patch.moment === null ? undefined : toRfc3339(patch.moment);
  if (patch.hypothesis !== undefined) search.hyp = patch.hypothesis ?? undefined;
  if (patch.wide !== undefined) search.panels = patch.wide ? "0" : undefined;
  return search;
}

export function isNarrowed(filter: LineFilter): boolean {
  return filter.query.trim() !== "";
}

export function brushOf(filter: LineFilter): Span | null {
  return timeOf(filter.query);
}
