// The words of the closed lists of intake.
import type { IntakeItem, ReturnReason } from "../api/types.ts";
import type { Choice } from "../ui/ChoiceField.tsx";

export const REASONS: readonly Choice<ReturnReason>[] = [
  { value: "missing_evidence", name: "evidence is missing" },
  { value: "window_not_covered", name: "evidence does not cover the window" },
  { value: "no_reproduction", name: "no reproduction" },
  { value: "wrong_component", name: "wrong component" },
  { value: "wrong_team", name: "wrong team" },
  { value: "known_issue", name: "known issue" },
  { value: "no_clear_ask", name: "no clear ask" },
  { value: "no_impact", name: "impact is not stated" },
  { value: "needs_customer", name: "needs an answer of the customer" },
  { value: "other", name: "another reason" },
];

export function returnReason(id: string): string {
  return REASONS.find((reason) => reason.value === id)?.name ?? id;
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
