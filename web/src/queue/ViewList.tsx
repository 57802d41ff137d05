import { formatCount } from "../time/number.ts";
import { VIEWS } from "./queueState.ts";
import type { Queue } from "./useQueue.ts";

export function ViewList({ queue }: { queue: Queue }) {
  return (
    <nav className="view-list" aria-label="Views">
      <h2 className="column-title">Views</h2>
      <ul>
        {VIEWS.map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              className="view-link"
              aria-current={queue.state.view === id ? "true" : undefined}
              onClick={() => queue.set({ view: id, row: null })}
            >
              <span>{name}</span>
              <span className="count">{queue.counts ? formatCount(queue.counts[id] ?? 0) : ""}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
