// The event stream. Changes by others wait in `pending` until the person asks for them; only bundle
// progress and counters tick in place. Not here: how screens show the chip (shell/LiveChip.tsx).
import { create } from "zustand";
import { BASE } from "./client.ts";
import { queryClient, sessionQuery } from "./queries.ts";
import type { Bundle, CaseDetail, ChangeEvent, ProgressEventData } from "./types.ts";

const RETRY_MS = 5000;

export type LiveState = "connecting" | "open" | "closed";

interface Live {
  state: LiveState;
  /** What waits per scope: `queue` by case number, `case/MS-1042` by event. */
  pending: Record<string, string[]>;
}

export const useLive = create<Live>(() => ({ state: "connecting", pending: {} }));

/** What I did, here or on another page of mine, is no news to me. */
function isOwn({ actor_id }: ChangeEvent): boolean {
  return queryClient.getQueryData(sessionQuery.queryKey)?.user.id === actor_id;
}

/** What is asked about one case, by the first word of its key. */
const CASE_QUERIES = [
  "case",
  "timeline",
  "evidence",
  "hypotheses",
  "clocks",
  "intake",
  "swarms",
  "mitigations",
  "next-step",
  "related",
  "case-signatures",
];

export function refreshCase(number: string): void {
  for (const name of CASE_QUERIES) {
    void queryClient.invalidateQueries({ queryKey: [name, number] });
  }
  clearPending(`case/${number}`);
}

export function refreshQueue(): void {
  void queryClient.invalidateQueries({ queryKey: ["cases"] });
  void queryClient.invalidateQueries({ queryKey: ["counts"] });
  clearPending("queue");
}

/** The shift desk shows other people's work: it is asked again when I did something, or when I want. */
export function refreshHome(): void {
  void queryClient.invalidateQueries({ queryKey: ["home"] });
  clearPending("home");
}

export function clearPending(scope: string): void {
  useLive.setState((live) => ({ pending: { ...live.pending, [scope]: [] } }));
}

/** Adds without repeating: five changes of one case are one new row in the queue. */
export function addPending(pending: Live["pending"], scope: string, what: string): Live["pending"] {
  const waiting = pending[scope] ?? [];
  return waiting.includes(what) ? pending : { ...pending, [scope]: [...waiting, what] };
}

function onChange(data: ChangeEvent, id: string): void {
  void queryClient.invalidateQueries({ queryKey: ["counts"] });
  const number = data.case_number;
  if (data.stream.startsWith("signature/")) {
    for (const name of ["signatures", "signature", "case-signatures"]) {
      void queryClient.invalidateQueries({ queryKey: [name] });
    }
    return;
  }
  if (data.stream.startsWith("bundle/") || data.kind.startsWith("bundle")) {
    // Somebody waits for the end of the reading: it is shown as it comes.
    if (data.bundle_id) void queryClient.invalidateQueries({ queryKey: ["bundle", data.bundle_id] });
    void queryClient.invalidateQueries({ queryKey: number ? ["case", number] : ["case"] });
    void queryClient.invalidateQueries({ queryKey: number ? ["timeline", number] : ["timeline"] });
    return;
  }
  const aboutPeople = /^(person|team|handoff)\//.test(data.stream);
  if (aboutPeople) void queryClient.invalidateQueries({ queryKey: ["at-work"] });
  if ((aboutPeople || number) && !isOwn(data)) {
    useLive.setState((live) => ({ pending: addPending(live.pending, "home", number ?? data.stream) }));
  }
  if (!number) return;
  if (isOwn(data)) {
    void queryClient.invalidateQueries({ queryKey: ["home"] });
    refreshCase(number);
    refreshQueue();
    return;
  }
  useLive.setState((live) => ({
    pending: addPending(addPending(live.pending, "queue", number), `case/${number}`, id),
  }));
}

/** Puts progress into the case in the cache: the bar moves and nothing else is asked again. */
export function withProgress(found: CaseDetail | undefined, data: ProgressEventData): CaseDetail | undefined {
  if (!found) return found;
  const bundle_list = found.bundle_list.map(
    (bundle): Bundle => (bundle.id === data.bundle_id ? { ...bundle, progress: data.progress } : bundle),
  );
  return { ...found, bundle_list };
}

/** Opens the stream; returns the function that closes it. */
export function startLive(): () => void {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(`${BASE}/events`);
    source.addEventListener("open", () => useLive.setState({ state: "open" }));
    source.addEventListener("error", () => {
      useLive.setState({ state: source?.readyState === EventSource.CLOSED ? "closed" : "connecting" });
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS);
    });
    source.addEventListener("change", (event) => {
      onChange(JSON.parse(event.data) as ChangeEvent, event.lastEventId);
    });
    source.addEventListener("progress", (event) => {
      const data = JSON.parse(event.data) as ProgressEventData;
      queryClient.setQueryData<CaseDetail>(["case", data.case_number], (found) => withProgress(found, data));
    });
  };
  open();
  return () => {
    clearTimeout(retry);
    source?.close();
  };
}
