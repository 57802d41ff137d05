import type { HiddenKind } from "../api/types.ts";
import { formatCount } from "../time/number.ts";

/** How much of which kind, the most first. */
export function Kinds({ kinds }: { kinds: HiddenKind[] }) {
  const sorted = [...kinds].sort((a, b) => b.count - a.count);
  return (
    <ul className="kinds">
      {sorted.map(({ kind, count }) => (
        <li key={kind}>
          <b className="tabular">{formatCount(count)}</b> {kind}
        </li>
      ))}
    </ul>
  );
}
