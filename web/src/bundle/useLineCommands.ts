import { useQuery } from "@tanstack/react-query";
import type { RefObject } from "react";
import { api, type SeekQuery } from "../api/client.ts";
import { evidenceQuery, sourcesQuery } from "../api/queries.ts";
import type { Bundle, Line } from "../api/types.ts";
import { write } from "../api/write.ts";
import { NO_FILTER } from "../case/caseState.ts";
import { useCase } from "../case/useCase.ts";
import { useCommands } from "../keys/registry.ts";
import { useMay } from "../shell/session.tsx";
import { toast, toastError } from "../shell/toasts.tsx";
import { copyText } from "../ui/copy.ts";
import type { LineGridHandle } from "./LineGrid.tsx";
import { placeOf } from "./LineRow.tsx";
import type { LinePages } from "./linePages.ts";
import { toggleMark } from "./marks.ts";
import { firstWords, quoted, valuesOf, withCondition, withValues } from "./query.ts";
import type { Cursor } from "./useCursor.ts";

interface Input {
  bundle: Bundle;
  pages: LinePages;
  cursor: Cursor;
  grid: RefObject<LineGridHandle | null>;
  filterInput: RefObject<HTMLInputElement | null>;
}

export function useLineCommands(input: Input): void {
  useMoves(input);
  useSeeks(input);
  useLineActions(input);
  useFilters(input);
}

function useMoves({ pages, cursor, grid }: Input): void {
  const total = pages.total ?? 0;
  const enabled = total > 0;
  const go = (to: number) => {
    cursor.select(Math.min(total - 1, Math.max(0, to)));
    grid.current?.focus();
  };
  const by = (step: () => number) => ({
    enabled,
    run: () => go(cursor.position === null ? 0 : cursor.position + step()),
  });
  const page = () => grid.current?.pageRows() ?? 1;
  useCommands({
    "lines.next": by(() => 1),
    "lines.previous": by(() => -1),
    "lines.page.next": by(page),
    "lines.page.previous": by(() => -page()),
    "lines.first": { enabled, run: () => go(0) },
    "lines.last": { enabled, run: () => go(total - 1) },
  });
}

type Seek = Pick<SeekQuery, "seek" | "find">;

function useSeeks({ bundle, pages, cursor, grid }: Input): void {
  const { state } = useCase();
  const term = state.find || firstWords(state.filter.query);
  const enabled = (pages.total ?? 0) > 0;
  const seek = async (direction: "next" | "previous", what: Seek) => {
    const name = what.find ? `“${what.find}”` : what.seek === "warn" ? "warning" : "error";
    try {
      const found = await api.nextLine(bundle.id, state.filter, {
        after: cursor.position,
        direction,
        ...what,
      });
      if (found.position === null)
        toast(`No ${direction === "next" ? "later" : "earlier"} ${name} in this selection`);
      else {
        cursor.select(found.position);
        grid.current?.focus();
      }
    } catch (error) {
      toastError(`Could not look for the ${direction} ${name}`, error);
    }
  };
  const to = (direction: "next" | "previous", what: Seek, on = enabled) => ({
    enabled: on,
    run: () => void seek(direction, what),
  });
  useCommands({
    "lines.error.next": to("next", { seek: "error" }),
    "lines.error.previous": to("previous", { seek: "error" }),
    "lines.warning.next": to("next", { seek: "warn" }),
    "lines.warning.previous": to("previous", { seek: "warn" }),
    "lines.hit.next": to("next", { find: term }, enabled && term !== ""),
    "lines.hit.previous": to("previous", { find: term }, enabled && term !== ""),
  });
}

export async function pinLine(
  caseNumber: string,
  bundleId: string,
  line: Pick<Line, "file" | "line">,
): Promise<void> {
  const pinned = await write("Could not pin the line", caseNumber, () =>
    api.pin(caseNumber, bundleId, line.file, line.line),
  );
  if (!pinned) return;
  const undo = () => void write("Could not unpin", caseNumber, () => api.unpin(caseNumber, pinned.number));
  toast(`Pinned as ${pinned.number}`, { action: { label: "Undo", run: undo } });
}

function useLineActions({ bundle, cursor }: Input): void {
  const { detail, state, set } = useCase();
  const mayPin = useMay("pin_evidence");
  const evidence = useQuery(evidenceQuery(detail.number)).data ?? [];
  const { line } = cursor;
  const item =
    line &&
    evidence.find((one) => one.pinned && one.bundle_id === bundle.id && placeOf(one) === placeOf(line));
  const when = (run: (line: Line) => void, allowed = true) => ({
    enabled: allowed && line !== undefined,
    run: () => line && run(line),
  });
  useCommands({
    "lines.open": when(() => set({ detail: !state.detail }, { replace: true })),
    "lines.pin": when((one) => {
      if (item) toast(`This line is ${item.number} already`);
      else void pinLine(detail.number, bundle.id, one);
    }, mayPin),
    "lines.mark": when((one) => {
      toggleMark(bundle.id, placeOf(one));
    }),
    "lines.context": when((one) => set({ filter: NO_FILTER, at: { file: one.file, line: one.line } })),
    "link.copy": () => {
      if (item) copyText(item.citation, "Citation copied");
      else copyText(window.location.href, "Link copied");
    },
  });
}

function useFilters({ bundle, cursor, filterInput }: Input): void {
  const { state, set } = useCase();
  const sources = useQuery(sourcesQuery(bundle.id)).data ?? [];
  const { line } = cursor;
  const undo = { label: "Undo", run: () => set({ filter: state.filter }) };
  const out = (one: Line) => {
    const { query } = state.filter;
    const name = sources.find(({ id }) => id === one.source)?.name ?? `#${one.source}`;
    const chosen = valuesOf(query, "source");
    const rest = chosen.filter((other) => other !== name);
    if (chosen.length > 0 && rest.length === 0) {
      toast(`${name} is the only source shown`);
      return;
    }
    const next =
      chosen.length > 0 ? withValues(query, "source", rest) : withCondition(query, `-source:${quoted(name)}`);
    set({ filter: { query: next } });
    toast(`${name} is hidden`, { action: undo });
  };
  useCommands({
    "lines.only": {
      enabled: line !== undefined,
      run: () => {
        if (!line) return;
        set({
          filter: { query: withValues(state.filter.query, "template", [line.template]) },
          at: { file: line.file, line: line.line },
        });
        toast("Only lines of this template", { action: undo });
      },
    },
    "lines.out": { enabled: line !== undefined && sources.length > 1, run: () => line && out(line) },
    "lines.clear": () => set({ filter: NO_FILTER, find: "" }),
    "filter.focus": () => {
      filterInput.current?.focus();
      filterInput.current?.select();
    },
  });
}
