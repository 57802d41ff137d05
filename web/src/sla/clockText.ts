// Clocks in words. Not here: counting, which the server does.
import type { Clock, NextClock } from "../api/types.ts";
import { formatLength, parseMicros } from "../time/time.ts";

const METRICS: Record<string, string> = {
  first_reply_time: "First reply",
  next_reply_time: "Next reply",
  periodic_update_time: "Update",
  pausable_update_time: "Update",
  agent_work_time: "Work",
  requester_wait_time: "Customer's wait",
  total_resolution_time: "Resolution",
};

export function metricName(metric: string): string {
  return METRICS[metric] ?? metric.replaceAll("_", " ");
}

const STATES: Record<Clock["state"], string> = {
  on_track: "on track",
  due_soon: "due soon",
  due_now: "due now",
  breached: "breached",
  paused: "stands still",
  met: "met",
  cancelled: "cancelled",
  exhausted: "no due time: the calendar is closed",
};

export function stateName(state: Clock["state"]): string {
  return STATES[state];
}

export type Tone = "good" | "warn" | "bad" | "quiet";

export function stateTone(state: Clock["state"]): Tone {
  switch (state) {
    case "breached":
      return "bad";
    case "due_soon":
    case "due_now":
      return "warn";
    case "on_track":
      return "good";
    default:
      return "quiet";
  }
}

/** `in 43 m` or `12 m late`, and how bad that is. */
export function dueText(dueUs: number, warnUs: number, nowUs: number): { text: string; tone: Tone } {
  const leftUs = dueUs - nowUs;
  // minutes are enough for a row; the last one is told in seconds by the clock itself
  const length = formatLength(Math.max(60_000_000, Math.abs(leftUs) - (Math.abs(leftUs) % 60_000_000)));
  if (leftUs < 0) return { text: `${length} late`, tone: "bad" };
  return { text: `in ${length}`, tone: warnUs <= nowUs ? "warn" : "good" };
}

/** What a case is due for first: its clock, or the update that was promised. */
export function nextDue(row: {
  clock: NextClock | null;
  promised_at: string | null;
}): { what: string; dueUs: number; warnUs: number } | null {
  const clock = row.clock && {
    what: metricName(row.clock.metric),
    dueUs: parseMicros(row.clock.due_at),
    warnUs: parseMicros(row.clock.warn_at),
  };
  const promisedUs = row.promised_at ? parseMicros(row.promised_at) : Number.NaN;
  if (Number.isNaN(promisedUs)) return clock;
  if (clock && clock.dueUs <= promisedUs) return clock;
  return { what: "Promised update", dueUs: promisedUs, warnUs: promisedUs - 15 * 60_000_000 };
}

/** `1:05:09`, for counted time: people compare these. */
export function counted(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
