import type { SwarmOutcome } from "../api/types.ts";
import type { Choice } from "../ui/ChoiceField.tsx";

/** What can come of a swarm, as it is offered. */
export const OUTCOMES: readonly Choice<SwarmOutcome>[] = [
  { value: "solved", name: "Solved", means: "the question is answered" },
  { value: "next_step", name: "Next step", means: "somebody does it" },
  { value: "escalate", name: "Escalate", means: "others are needed" },
  { value: "stop", name: "Stop", means: "it leads nowhere" },
];

export function outcomeName(outcome: SwarmOutcome): string {
  return OUTCOMES.find(({ value }) => value === outcome)?.name ?? outcome;
}
