import { useLive } from "../api/live.ts";
import { runCommand } from "../keys/registry.ts";

/** What others changed waits here: nothing moves under the cursor. */
export function LiveChip({ scope }: { scope: string }) {
  const count = useLive((live) => live.pending[scope]?.length ?? 0);
  return (
    <span role="status" className="live-chip-place">
      {count > 0 && (
        <button type="button" className="live-chip" onClick={() => runCommand("live.load")}>
          {count} new · press <kbd>.</kbd>
        </button>
      )}
    </span>
  );
}
