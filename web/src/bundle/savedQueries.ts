// Queries that this browser keeps, newest first. Not here: queries that a case shares.
import { create } from "zustand";
import { persist } from "zustand/middleware";
import { toast } from "../shell/toasts.tsx";

const KEPT_MAX = 30;

interface Saved {
  queries: string[];
}

export const useSavedQueries = create<Saved>()(
  persist<Saved>(() => ({ queries: [] }), { name: "mainstay.queries" }),
);

export function saveQuery(query: string): void {
  const text = query.trim();
  const others = useSavedQueries.getState().queries.filter((other) => other !== text);
  useSavedQueries.setState({ queries: [text, ...others].slice(0, KEPT_MAX) });
  toast("The query is saved in this browser");
}

export function forgetQuery(query: string): void {
  const { queries } = useSavedQueries.getState();
  useSavedQueries.setState({ queries: queries.filter((other) => other !== query) });
  const run = () => useSavedQueries.setState({ queries });
  toast("The query is forgotten", { action: { label: "Undo", run } });
}
