import type { Span } from "../case/caseState.ts";
import { shareOf } from "./brush.ts";
import { useTimeAxis } from "./timeAxis.ts";

/** Drawn apart, so that a moving pointer draws lines again and no chart. */
export function CursorLine({ axis }: { axis: Span }) {
  const cursor = useTimeAxis((state) => state.cursor);
  if (cursor === null || cursor < axis.from || cursor >= axis.to) return null;
  return (
    <span className="chart-cursor" style={{ left: `${shareOf(cursor, axis) * 100}%` }} aria-hidden="true" />
  );
}
