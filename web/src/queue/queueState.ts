// What the address says about the queue.
import type { CaseListQuery } from "../api/client.ts";
import type { CaseSort, CaseView, Severity } from "../api/types.ts";
import { listOf, oneOf, type Search, textOf } from "../shell/search.ts";

export const VIEWS: readonly { id: CaseView; name: string }[] = [
  { id: "all", name: "All open" },
  { id: "mine", name: "Mine" },
  { id: "unowned", name: "Unowned" },
  { id: "waiting", name: "Waiting intake" },
  { id: "resolved", name: "Resolved" },
];
export const SORTS: readonly { id: CaseSort; name: string }[] = [
  { id: "severity", name: "Severity" },
  { id: "updated", name: "Last change" },
  { id: "opened", name: "Age" },
  { id: "due", name: "Due first" },
];
const SEVERITIES: readonly Severity[] = ["P1", "P2", "P3", "P4"];

export interface QueueState extends CaseListQuery {
  row: string | null;
  peek: boolean;
}

export function queueState(search: Search): QueueState {
  return {
    view: oneOf(search.view, ["all", "mine", "unowned", "waiting", "resolved"], "all"),
    severity: SEVERITIES.filter((severity) => listOf(search.severity).includes(severity)),
    text: search.text ?? "",
    sort: oneOf(search.sort, ["severity", "updated", "opened", "due"], "severity"),
    row: search.row ?? null,
    peek: search.peek === "1",
  };
}

export function queueSearch(state: Partial<QueueState>): Search {
  const search: Search = {};
  if (state.view !== undefined) search.view = state.view === "all" ? undefined : state.view;
  if (state.severity !== undefined) search.severity = textOf(state.severity);
  if (state.text !== undefined) search.text = state.text || undefined;
  if (state.sort !== undefined) search.sort = state.sort === "severity" ? undefined : state.sort;
  if (state.row !== undefined) search.row = state.row ?? undefined;
  if (state.peek !== undefined) search.peek = state.peek ? "1" : undefined;
  return search;
}

/** The list of the queue someone came from, for `[` and `]` in a case. */
export function listQuery({ view, severity, text, sort }: QueueState): CaseListQuery {
  return { view, severity, text, sort };
}
