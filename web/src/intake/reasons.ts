// The words of the closed lists of intake.
import type { IntakeItem, ReturnReason } from "../api/types.ts";

export const REASONS: readonly { id: ReturnReason; name: string }[] = [
  { id: "missing_evidence", name: "evidence is missing" },
  { id: "window_not_covered", name: "evidence does not cover the window" },
  { id: "no_reproduction", name: "no reproduction" },
  { id: "wrong_component", name: "wrong component" },
  { id: "wrong_team", name: "wrong team" },
  { id: "known_issue", name: "known issue" },
  { id: "no_clear_ask", name: "no clear ask" },
  { id: "no_impact", name: "impact is not stated" },
  { id: "needs_customer", name: "needs an answer of the customer" },
  { id: "other", name: "another reason" },
];

export function returnReason(id: string): string {
  return REASONS.find((reason) => reason.id === id)?.name ?? id;
}

const ITEMS: Record<string, string> = {
  evidence: "Evidence covers the window",
  window: "Time window with zone",
  version: "Component and version",
  reproduction: "Reproduction",
  difference: "Expected and actual",
  identifiers: "Request or trace ids",
  impact: "Impact",
  tried: "What was tried",
  changes: "Recent changes",
  ask: "A clear ask",
};

export function itemName({ item, text }: Pick<IntakeItem, "item" | "text">): string {
  return text || (ITEMS[item] ?? item);
}
