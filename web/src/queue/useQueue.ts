// The queue's data and cursor. Not here: how it looks, and the dialogs.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { casesQuery, countsQuery } from "../api/queries.ts";
import type { CaseCounts, CaseSummary } from "../api/types.ts";
import { stringifySearch } from "../shell/search.ts";
import { useView, type ViewChange } from "../shell/useView.ts";
import { rememberList } from "./cameFrom.ts";
import { listQuery, type QueueState, queueSearch, queueState } from "./queueState.ts";

/** A link may name a row far down: this many pages are looked through for it. */
const PAGES_FOR_A_ROW = 20;

export interface Queue {
  state: QueueState;
  set: (patch: Partial<QueueState>, change?: ViewChange) => void;
  rows: CaseSummary[];
  total: number;
  loading: boolean;
  error: unknown;
  retry: () => void;
  loadMore: () => void;
  counts: CaseCounts | undefined;
  /** Index of the row under the cursor; -1 when there is none. */
  cursor: number;
  move: (by: number, extend?: boolean) => void;
  selected: ReadonlySet<string>;
  toggle: (number: string) => void;
  clearSelection: () => void;
  /** The selected cases, or the one under the cursor. */
  targets: CaseSummary[];
}

export function useQueue(): Queue {
  const [search, setView] = useView();
  const state = useMemo(() => queueState(search), [search]);
  const set = useCallback(
    (patch: Partial<QueueState>, change?: ViewChange) => setView(queueSearch(patch), change),
    [setView],
  );
  const list = listQuery(state);
  const found = useInfiniteQuery(casesQuery(list));
  const counts = useQuery(countsQuery).data;
  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.items) ?? [], [found.data]);
  const cursor = rows.findIndex((row) => row.number === state.row);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());

  useEffect(() => {
    rememberList(
      rows.map(({ number }) => number),
      `/queue${stringifySearch(search)}`,
    );
  }, [rows, search]);

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  const pages = found.data?.pages.length ?? 0;
  const farAway = state.row !== null && cursor < 0 && pages > 0 && pages < PAGES_FOR_A_ROW;
  useEffect(() => {
    if (farAway && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [farAway, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const listKey = JSON.stringify(list);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is another selection
  useEffect(() => setSelected(new Set()), [listKey]);

  const toggle = (number: string) =>
    setSelected((old) => {
      const next = new Set(old);
      if (!next.delete(number)) next.add(number);
      return next;
    });
  const move = (by: number, extend = false) => {
    const to = Math.min(rows.length - 1, Math.max(0, cursor + by));
    const row = rows[to];
    if (!row) return;
    if (extend)
      setSelected((old) => new Set([...old, row.number, ...(rows[cursor] ? [rows[cursor].number] : [])]));
    set({ row: row.number }, { replace: true });
  };
  const chosen = rows.filter(({ number }) => selected.has(number));
  const current = rows[cursor];
  return {
    state,
    set,
    rows,
    total: found.data?.pages[0]?.total ?? 0,
    loading: found.isPending,
    error: found.data ? null : found.error,
    retry: () => void found.refetch(),
    loadMore: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    counts,
    cursor,
    move,
    selected,
    toggle,
    clearSelection: () => setSelected(new Set()),
    targets: chosen.length ? chosen : current ? [current] : [],
  };
}
