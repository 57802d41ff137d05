import { plural } from "../time/number.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { Keys } from "../ui/Keys.tsx";
import type { Queue } from "./useQueue.ts";

const HINTS = [
  ["queue.next", "next"],
  ["queue.open", "open"],
  ["queue.select", "select"],
  ["queue.assign", "assign"],
  ["queue.severity", "severity"],
  ["queue.peek", "peek"],
] as const;

/** What the selection can do, or the keys of the list when nothing is selected. */
export function QueueFoot({ queue }: { queue: Queue }) {
  const count = queue.selected.size;
  return (
    <footer className="queue-foot">
      {count > 0 ? (
        <>
          <span role="status">{plural(count, "case")} selected</span>
          <CommandButton command="queue.assign">Assign</CommandButton>
          <CommandButton command="queue.severity">Severity</CommandButton>
          <button type="button" className="link" onClick={queue.clearSelection}>
            Clear
          </button>
        </>
      ) : (
        HINTS.map(([command, word]) => (
          <span key={command} className="key-hint">
            <Keys of={command} /> {word}
          </span>
        ))
      )}
    </footer>
  );
}
