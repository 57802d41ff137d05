import { useQuery } from "@tanstack/react-query";
import { createContext, useCallback, useContext, useMemo } from "react";
import { caseQuery } from "../api/queries.ts";
import type { Bundle, CaseDetail } from "../api/types.ts";
import { useView, type ViewChange } from "../shell/useView.ts";
import { type CaseState, type CaseTab, caseSearch, caseState } from "./caseState.ts";

export type CasePatch = Parameters<typeof caseSearch>[0];

export interface CaseContextValue {
  detail: CaseDetail;
  state: CaseState;
  set: (patch: CasePatch, change?: ViewChange) => void;
  /** The bundle that is looked at: the one of the address, else the newest that can be read. */
  bundle: Bundle | null;
  tab: CaseTab;
}

const CaseContext = createContext<CaseContextValue | null>(null);
export const CaseProvider = CaseContext.Provider;

export function useCase(): CaseContextValue {
  const value = useContext(CaseContext);
  if (!value) throw new Error("only the case screen has a case");
  return value;
}

export function chooseBundle(bundles: readonly Bundle[], wanted: string | null): Bundle | null {
  const found = bundles.find(({ id }) => id === wanted);
  if (found) return found;
  const newest = [...bundles].sort((a, b) => b.received_at.localeCompare(a.received_at));
  return newest.find(({ state }) => state === "ready") ?? newest[0] ?? null;
}

export function useCaseData(number: string) {
  const [search, setView] = useView();
  const state = useMemo(() => caseState(search), [search]);
  const set = useCallback(
    (patch: CasePatch, change?: ViewChange) => setView(caseSearch(patch), change),
    [setView],
  );
  const found = useQuery(caseQuery(number));
  const bundle = found.data ? chooseBundle(found.data.bundle_list, state.bundle) : null;
  const tab: CaseTab = state.view ?? "logs";
  return { found, state, set, bundle, tab };
}
