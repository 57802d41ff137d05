import type { MitigationState } from "../api/types.ts";

/** How far it is. */
export const STATE_NAMES: Record<MitigationState, string> = {
  proposed: "Proposed",
  approved: "Approved",
  applied: "Applied",
  helped: "It helped",
  rolled_back: "Taken back",
  dropped: "Dropped",
};

/** The step that leads there. */
export const STEP_NAMES: Record<MitigationState, string> = {
  proposed: "Propose",
  approved: "Approve",
  applied: "Applied",
  helped: "It helped",
  rolled_back: "Taken back",
  dropped: "Drop",
};
