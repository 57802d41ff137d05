// The parts of a case in a packet, in the order that they are read.
import type { HandoffParts } from "../api/types.ts";

export const PARTS: readonly { name: keyof HandoffParts; title: string; rows: number }[] = [
  { name: "state", title: "State", rows: 2 },
  { name: "clocks", title: "Clocks", rows: 2 },
  { name: "hypotheses", title: "Hypotheses, for and against", rows: 3 },
  { name: "tried", title: "What was tried", rows: 3 },
  { name: "next_step", title: "Next step", rows: 1 },
  { name: "promise", title: "Promised to the customer", rows: 2 },
  { name: "open", title: "Open actions and approvals", rows: 2 },
  { name: "risks", title: "Risks", rows: 2 },
  { name: "people", title: "People to call", rows: 2 },
];

/** The titles of what was left empty: it is sent as "none". */
export function emptyParts(parts: HandoffParts): string[] {
  return PARTS.filter(({ name }) => parts[name].trim() === "").map(({ title }) => title);
}
