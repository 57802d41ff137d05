import { useEffect, useState, useSyncExternalStore } from "react";
import { api } from "../api/client.ts";
import type { LineFilter } from "../api/types.ts";
import { LinePages } from "./linePages.ts";

const make = (bundleId: string, filter: LineFilter) =>
  new LinePages((offset, limit, signal) => api.lines(bundleId, filter, offset, limit, signal));

/** The pages of a selection; a new filter is a new selection. `key` names both. */
export function useLinePages(bundleId: string, filter: LineFilter, key: string): LinePages {
  const [held, setHeld] = useState(() => ({ key, pages: make(bundleId, filter) }));
  let pages = held.pages;
  if (held.key !== key) {
    pages = make(bundleId, filter);
    setHeld({ key, pages });
  }
  useEffect(() => {
    pages.want(0, 1);
    return () => pages.dispose();
  }, [pages]);
  useSyncExternalStore(pages.subscribe, pages.getVersion);
  return pages;
}
