// What the address says about a case: the whole view, so that a pasted link shows the same screen.
import type { LineFilter } from "../api/types.ts";
import { listOf, oneOf, type Search, textOf } from "../shell/search.ts";
import { parseMicros, toRfc3339 } from "../time/time.ts";

export const CASE_VIEWS = ["timeline", "logs", "templates", "files", "problems"] as const;
export type CaseTab = (typeof CASE_VIEWS)[number];

/** Half-open, in microseconds. */
export interface Span {
  from: number;
  to: number;
}

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
}

export const NO_FILTER: LineFilter = {
  level: [],
  source: [],
  file: [],
  template: null,
  text: "",
  from: null,
  to: null,
};

const LEVELS = ["trace", "debug", "info", "notice", "warn", "error", "fatal"];
const numbers = (text: string | undefined) =>
  listOf(text)
    .map(Number)
    .filter((value) => Number.isSafeInteger(value) && value >= 0);

export function parseSpan(text: string | undefined): Span | null {
  const [from, to] = (text ?? "").split("~").map(parseMicros);
  return from !== undefined && to !== undefined && from < to ? { from, to } : null;
}

export function spanText(span: Span | null): string | undefined {
  return span ? `${toRfc3339(span.from)}~${toRfc3339(span.to)}` : undefined;
}

function parsePlace(text: string | undefined): CaseState["at"] {
  const match = /^(\d+):(\d+)$/.exec(text ?? "");
  return match ? { file: Number(match[1]), line: Number(match[2]) } : null;
}

export function caseState(search: Search): CaseState {
  const from = parseMicros(search.from);
  const to = parseMicros(search.to);
  return {
    bundle: search.bundle ?? null,
    view: CASE_VIEWS.find((view) => view === search.view) ?? null,
    filter: {
      level: LEVELS.filter((level) => listOf(search.level).includes(level)),
      source: numbers(search.source),
      file: numbers(search.file),
      template: search.template ?? null,
      text: search.text ?? "",
      from: Number.isNaN(from) ? null : toRfc3339(from),
      to: Number.isNaN(to) ? null : toRfc3339(to),
    },
    find: search.find ?? "",
    at: parsePlace(search.at),
    detail: search.detail === "1",
    zoom: parseSpan(search.zoom),
    errorsOnly: search.errors === "1",
    wide: oneOf(search.panels, ["0", "1"], "1") === "0",
  };
}

export function filterSearch(filter: Partial<LineFilter>): Search {
  const search: Search = {};
  if (filter.level !== undefined) search.level = textOf(filter.level);
  if (filter.source !== undefined) search.source = textOf(filter.source);
  if (filter.file !== undefined) search.file = textOf(filter.file);
  if (filter.template !== undefined) search.template = filter.template ?? undefined;
  if (filter.text !== undefined) search.text = filter.text || undefined;
  if (filter.from !== undefined) search.from = filter.from ?? undefined;
  if (filter.to !== undefined) search.to = filter.to ?? undefined;
  return search;
}

export function caseSearch(
  patch: Partial<Omit<CaseState, "filter">> & { filter?: Partial<LineFilter> },
): Search {
  const search: Search = patch.filter ? filterSearch(patch.filter) : {};
  if (patch.bundle !== undefined) search.bundle = patch.bundle ?? undefined;
  if (patch.view !== undefined) search.view = patch.view ?? undefined;
  if (patch.find !== undefined) search.find = patch.find || undefined;
  if (patch.at !== undefined) search.at = patch.at ? `${patch.at.file}:${patch.at.line}` : undefined;
  if (patch.detail !== undefined) search.detail = patch.detail ? "1" : undefined;
  if (patch.zoom !== undefined) search.zoom = spanText(patch.zoom);
  if (patch.errorsOnly !== undefined) search.errors = patch.errorsOnly ? "1" : undefined;
  if (patch.wide !== undefined) search.panels = patch.wide ? "0" : undefined;
  return search;
}

export function isNarrowed(filter: LineFilter): boolean {
  return Object.values(filterSearch(filter)).some(Boolean);
}

export function brushOf(filter: LineFilter): Span | null {
  const span = { from: parseMicros(filter.from), to: parseMicros(filter.to) };
  return span.from < span.to ? span : null;
}
