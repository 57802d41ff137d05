// Notes being written. They survive a reload of the tab, and are nowhere else.
import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import type { Audience } from "../api/types.ts";
import { insertCitation } from "../shell/citation.ts";

interface Drafts {
  texts: Record<string, string>;
  /** Which composer is open per case; none is open at first. */
  audience: Record<string, Audience | null>;
  /** Where the cursor was, so that a citation goes there. */
  cursor: { start: number; end: number } | null;
  /** Somebody asked for the text box; a reload did not, so it is not kept. */
  wantsFocus: boolean;
}

export const useDrafts = create<Drafts>()(
  persist<Drafts, [], [], Pick<Drafts, "texts" | "audience">>(
    () => ({ texts: {}, audience: {}, cursor: null, wantsFocus: false }),
    {
      name: "mainstay.drafts",
      partialize: ({ texts, audience }) => ({ texts, audience }),
      storage: createJSONStorage(() => sessionStorage),
    },
  ),
);

const keyOf = (caseNumber: string, audience: Audience) => `${caseNumber} ${audience}`;

export function draftOf(texts: Drafts["texts"], caseNumber: string, audience: Audience): string {
  return texts[keyOf(caseNumber, audience)] ?? "";
}

export function setDraft(caseNumber: string, audience: Audience, text: string): void {
  useDrafts.setState(({ texts }) => ({ texts: { ...texts, [keyOf(caseNumber, audience)]: text } }));
}

export function openComposer(caseNumber: string, audience: Audience | null): void {
  useDrafts.setState((old) => ({
    audience: { ...old.audience, [caseNumber]: audience },
    cursor: null,
    wantsFocus: true,
  }));
}

/** Puts a citation where the cursor is; opens the internal composer when none is open. */
export function cite(caseNumber: string, citation: string): void {
  const { audience, texts, cursor } = useDrafts.getState();
  const open = audience[caseNumber] ?? "internal";
  const text = draftOf(texts, caseNumber, open);
  const at = cursor ?? { start: text.length, end: text.length };
  const next = insertCitation(text, at.start, at.end, citation);
  setDraft(caseNumber, open, next.text);
  useDrafts.setState((old) => ({
    audience: { ...old.audience, [caseNumber]: open },
    cursor: { start: next.cursor, end: next.cursor },
    wantsFocus: true,
  }));
}
