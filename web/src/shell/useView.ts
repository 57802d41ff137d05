import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { Search } from "./search.ts";

export interface ViewChange {
  /** Replace for moves of a cursor; push for what Back should undo. */
  replace?: boolean;
}

/** The address of this screen and the one way to change it. */
export function useView(): [Search, (patch: Search, change?: ViewChange) => void] {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const set = useCallback(
    (patch: Search, change: ViewChange = {}) => {
      void navigate({
        to: ".",
        search: (old: Search) => ({ ...old, ...patch }),
        replace: change.replace ?? false,
        resetScroll: false,
      } as Parameters<typeof navigate>[0]);
    },
    [navigate],
  );
  return [search, set];
}
