// The words of a case's status. Not here: what may change it, which the server decides.
import type { CaseStatus } from "../api/types.ts";

export const STATUS_NAMES: Record<CaseStatus, string> = {
  new: "new",
  open: "open",
  pending: "waiting on the customer",
  hold: "on hold",
  solved: "resolved",
  closed: "closed",
};

export function isDone(status: CaseStatus): boolean {
  return status === "solved" || status === "closed";
}

interface Standing {
  status: CaseStatus;
  waits_on: string;
  merged_into?: string | null;
}

/** `on hold, waits on the database vendor` */
export function statusText({ status, waits_on, merged_into }: Standing): string {
  if (merged_into) return `merged into ${merged_into}`;
  return status === "hold" && waits_on ? `on hold, waits on ${waits_on}` : STATUS_NAMES[status];
}
