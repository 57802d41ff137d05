import { useQuery } from "@tanstack/react-query";
import { api, type CaseListQuery } from "../api/client.ts";
import { useCommands } from "../keys/registry.ts";
import { plural } from "../time/number.ts";
import { Keys } from "../ui/Keys.tsx";
import { listQuery } from "./queueState.ts";
import type { Queue } from "./useQueue.ts";

/** How many rows would come back without one part of the filter. */
function useHidden(list: CaseListQuery, without: Partial<CaseListQuery>, enabled: boolean): number {
  const wider = { ...list, ...without };
  return (
    useQuery({
      queryKey: ["hidden", wider],
      queryFn: async ({ signal }) => (await api.cases(wider, null, 1, signal)).total,
      enabled,
    }).data ?? 0
  );
}

/** Nothing left by the filter: names the part that hides most and drops it with one key. */
export function FilteredQueue({ queue }: { queue: Queue }) {
  const { state, set } = queue;
  const list = listQuery(state);
  const byText = useHidden(list, { text: "" }, state.text !== "");
  const bySeverity = useHidden(list, { severity: [] }, state.severity.length > 0);
  const textHidesMore = state.text !== "" && byText >= bySeverity;
  const what = textHidesMore ? `the text “${state.text}”` : `severity ${state.severity.join(", ")}`;
  const count = textHidesMore ? byText : bySeverity;
  const drop = () => set(textHidesMore ? { text: "" } : { severity: [] });
  useCommands({ "queue.filter.drop": drop });
  return (
    <div className="state">
      <h2 className="state-title">No case matches the filter</h2>
      {count > 0 && (
        <p className="muted">
          Most are hidden by {what}: {plural(count, "case")} without it.
        </p>
      )}
      <div className="button-row">
        <button type="button" className="button" data-kind="primary" onClick={drop}>
          Drop {textHidesMore ? "the text" : "the severity"} <Keys of="queue.filter.drop" />
        </button>
        <button type="button" className="button" onClick={() => set({ text: "", severity: [] })}>
          Clear the whole filter
        </button>
      </div>
    </div>
  );
}
