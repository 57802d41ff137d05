// Marked lines: a private bookmark of this browser, unlike evidence, which the whole desk sees.
import { create } from "zustand";
import { persist } from "zustand/middleware";

/** Bookmarks are kept for a few bundles only; the storage of a browser is small. */
const BUNDLES_MAX = 50;

interface Marks {
  byBundle: Record<string, string[]>;
}

export const useMarks = create<Marks>()(persist<Marks>(() => ({ byBundle: {} }), { name: "mainstay.marks" }));

export function toggleMark(bundleId: string, place: string): boolean {
  const { byBundle } = useMarks.getState();
  const old = byBundle[bundleId] ?? [];
  const marked = !old.includes(place);
  const next = marked ? [...old, place] : old.filter((other) => other !== place);
  const others = Object.entries(byBundle).filter(([id]) => id !== bundleId);
  useMarks.setState({
    byBundle: Object.fromEntries([...others, [bundleId, next] as const].slice(-BUNDLES_MAX)),
  });
  return marked;
}
