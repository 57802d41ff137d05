// The line under the cursor: a position in this selection, and in the address the place that stays true
// when the selection changes. Not here: keys and buttons (useLineCommands.ts).
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { api } from "../api/client.ts";
import type { Line, LineFilter } from "../api/types.ts";
import type { CaseState } from "../case/caseState.ts";
import type { CasePatch } from "../case/useCase.ts";
import type { ViewChange } from "../shell/useView.ts";
import type { LineGridHandle } from "./LineGrid.tsx";
import { placeOf } from "./LineRow.tsx";
import type { LinePages } from "./linePages.ts";

/** The address follows the cursor after it rests; browsers limit how often it may change. */
const SETTLE_MS = 200;

export interface Cursor {
  position: number | null;
  line: Line | undefined;
  /** The place of the address is not in this selection. */
  hidden: boolean;
  select: (position: number) => void;
}

interface Input {
  bundleId: string;
  filter: LineFilter;
  filterKey: string;
  pages: LinePages;
  at: CaseState["at"];
  set: (patch: CasePatch, change?: ViewChange) => void;
  grid: RefObject<LineGridHandle | null>;
}

export function useCursor({ bundleId, filter, filterKey, pages, at, set, grid }: Input): Cursor {
  const [position, setPosition] = useState<number | null>(null);
  const [hidden, setHidden] = useState(false);
  /** The selection and place that `position` was found for. */
  const placed = useRef("");
  const askedFor = useRef("");
  const atText = at ? placeOf(at) : "";
  const wanted = `${filterKey} ${atText}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` names the filter and the place
  useEffect(() => {
    if (!at) {
      setHidden(false);
      if (!placed.current.startsWith(`${filterKey} `)) setPosition(null);
      return;
    }
    if (placed.current === wanted) return;
    // Only a place somebody asked for is missed; a line that a new filter leaves out just goes.
    const asked = askedFor.current !== atText;
    askedFor.current = atText;
    const abort = new AbortController();
    setPosition(null);
    api.linePosition(bundleId, filter, at.file, at.line, abort.signal).then(
      (found) => {
        if (abort.signal.aborted) return;
        placed.current = wanted;
        setHidden(found.position === null && asked);
        setPosition(found.position);
      },
      () => setHidden(false),
    );
    return () => abort.abort();
  }, [wanted]);

  // Revealed only when the total is known, because the list has no height before.
  const ready = pages.total !== null;
  useEffect(() => {
    if (position !== null && ready) grid.current?.reveal(position);
  }, [position, ready, grid]);

  const line = position === null ? undefined : pages.get(position);
  const lineText = line ? placeOf(line) : "";
  useEffect(() => {
    if (!lineText || lineText === atText) return;
    const timer = setTimeout(() => {
      placed.current = `${filterKey} ${lineText}`;
      askedFor.current = lineText;
      const [file, number] = lineText.split(":").map(Number);
      set({ at: { file: file!, line: number! } }, { replace: true });
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [lineText, atText, filterKey, set]);

  const select = useCallback(
    (to: number) => {
      placed.current = `${filterKey} moved`;
      setHidden(false);
      setPosition(to);
    },
    [filterKey],
  );
  return { position, line, hidden, select };
}
