import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useSettings } from "../shell/settings.ts";
import { useNow } from "../shell/zone.ts";
import { QueueRow } from "./QueueRow.tsx";
import type { Queue } from "./useQueue.ts";

const HEAD_PX = 26;
const ROW_PX = { compact: 32, cozy: 40 };
/** Rows before the end at which the next page is asked for. */
const AHEAD = 30;

const COLUMNS = [
  ["check", "Selected"],
  ["severity", "Severity"],
  ["number", "Case"],
  ["subject", "Subject"],
  ["customer", "Customer"],
  ["facts", "Evidence"],
  ["owner", "Owner"],
  ["due", "Due"],
  ["age", "Changed"],
  ["age", "Age"],
] as const;

function QueueHead() {
  return (
    <div role="row" className="queue-head" aria-rowindex={1}>
      {COLUMNS.map(([name, label]) => (
        <span key={label} role="columnheader" className={`queue-${name}`}>
          <span className={name === "check" || name === "severity" ? "visually-hidden" : undefined}>
            {label}
          </span>
        </span>
      ))}
    </div>
  );
}

export function QueueList({ queue }: { queue: Queue }) {
  const scroller = useRef<HTMLDivElement>(null);
  const density = useSettings((settings) => settings.density);
  const now = useNow(30_000);
  const { rows, cursor } = queue;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX[density],
    overscan: 12,
    scrollMargin: HEAD_PX,
    scrollPaddingStart: HEAD_PX,
    getItemKey: (index) => rows[index]?.number ?? index,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { loadMore } = queue;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again only when the end comes near
  useEffect(() => {
    if (last > rows.length - AHEAD) loadMore();
  }, [last, rows.length]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new density is a new size of every row
  useEffect(() => virtual.measure(), [density]);
  useEffect(() => {
    if (cursor >= 0) virtual.scrollToIndex(cursor);
  }, [cursor, virtual]);
  const shown = items.some(({ index }) => index === cursor);
  return (
    <div
      ref={scroller}
      className="queue-list"
      role="grid"
      aria-label="Cases"
      aria-rowcount={queue.total + 1}
      aria-multiselectable="true"
      aria-activedescendant={shown ? `case-${rows[cursor]?.number}` : undefined}
      tabIndex={0}
    >
      <QueueHead />
      <div className="virtual-space" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, size }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <QueueRow
              key={row.number}
              row={row}
              index={index}
              now={now}
              current={index === cursor}
              selected={queue.selected.has(row.number)}
              onToggle={() => queue.toggle(row.number)}
              onPoint={() => queue.set({ row: row.number }, { replace: true })}
              style={{ transform: `translateY(${start - HEAD_PX}px)`, height: size }}
            />
          );
        })}
      </div>
    </div>
  );
}
