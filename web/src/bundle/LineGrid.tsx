// The virtual list of lines. Not here: what is selected and why (LogView.tsx), fetching (linePages.ts).
import {
  type MouseEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { type LineLook, LineRow } from "./LineRow.tsx";
import type { LinePages } from "./linePages.ts";
import * as rows from "./rowMath.ts";

const OVERSCAN_ROWS = 12;
/** While the scroll bar is dragged, pages that only fly past are not asked for. */
const SETTLE_MS = 40;
const HEAD_PX = 24;
/** Below this a scroll event is the echo of our own setting of the offset. */
const ECHO_PX = 1.5;

export interface LineGridHandle {
  reveal: (position: number) => void;
  focus: () => void;
  pageRows: () => number;
}

interface Props {
  pages: LinePages;
  position: number | null;
  look: LineLook;
  zoneLabel: string;
  onSelect: (position: number) => void;
  onOpen: () => void;
  ref: Ref<LineGridHandle>;
}

export function LineGrid({ pages, position, look, zoneLabel, onSelect, onOpen, ref }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const total = pages.total ?? 0;
  const { extent, place, moveTo } = useScaledScroll(scroller, total, pages);
  const { first, end } = rows.visibleRows(place.top, extent, total, OVERSCAN_ROWS);

  useEffect(() => {
    const timer = setTimeout(() => pages.want(first, Math.max(end, first + 1)), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [pages, first, end]);

  useImperativeHandle(
    ref,
    () => ({
      reveal: (to) => moveTo((top, extentNow) => rows.revealTop(to, top, extentNow)),
      focus: () => scroller.current?.focus({ preventScroll: true }),
      pageRows: () => rows.pageRows(extent.viewPx),
    }),
    [moveTo, extent.viewPx],
  );

  const positionOf = (event: MouseEvent): number | null => {
    const row = (event.target as Element).closest<HTMLElement>("[data-position]");
    return row ? Number(row.dataset.position) : null;
  };
  const onPoint = (event: MouseEvent) => {
    const to = positionOf(event);
    if (to !== null) onSelect(to);
  };
  const shown = Array.from({ length: end - first }, (_, index) => first + index);
  const active = position !== null && position >= first && position < end && pages.get(position);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are commands of the screen
    <div
      ref={scroller}
      role="grid"
      className="line-grid"
      aria-label="Log lines"
      aria-rowcount={total + 1}
      aria-colcount={4}
      aria-activedescendant={active ? `line-${position}` : undefined}
      data-day={look.withDay || undefined}
      tabIndex={0}
      onClick={onPoint}
      onDoubleClick={(event) => positionOf(event) !== null && onOpen()}
    >
      <div role="row" className="line-head" aria-rowindex={1}>
        <span role="columnheader" className="line-time">
          Time {zoneLabel}
        </span>
        {["Level", "Source", "Message"].map((name) => (
          <span
            key={name}
            role="columnheader"
            className={`line-${name === "Message" ? "text" : name.toLowerCase()}`}
          >
            {name}
          </span>
        ))}
      </div>
      <div role="rowgroup" className="line-space" style={{ height: extent.heightPx }}>
        {shown.map((row) => (
          <LineRow
            key={row}
            position={row}
            line={pages.get(row)}
            offsetPx={rows.rowOffset(row, place.top, place.scroll)}
            current={row === position}
            look={look}
          />
        ))}
      </div>
    </div>
  );
}

interface Place {
  top: number;
  scroll: number;
}

/** Keeps the true offset and the element's offset together; a new selection starts at the top. */
function useScaledScroll(scroller: React.RefObject<HTMLDivElement | null>, total: number, pages: LinePages) {
  const [viewPx, setViewPx] = useState(400);
  const [place, setPlace] = useState<Place>({ top: 0, scroll: 0 });
  const extent = rows.extentOf(total, viewPx);
  const latest = useRef({ extent, place });
  latest.current = { extent, place };

  const setTop = useCallback(
    (wanted: number) => {
      const element = scroller.current;
      if (!element) return;
      const { extent: now } = latest.current;
      const top = rows.clampTop(wanted, now);
      element.scrollTop = rows.scrollOfTop(top, now);
      const next = { top: rows.isScaled(now) ? top : element.scrollTop, scroll: element.scrollTop };
      latest.current.place = next;
      setPlace(next);
    },
    [scroller],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setViewPx(Math.max(rows.ROW_PX, element.clientHeight - HEAD_PX));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => {
      const { extent: now, place: old } = latest.current;
      if (rows.isScaled(now) && Math.abs(element.scrollTop - old.scroll) < ECHO_PX) return;
      setPlace({ top: rows.topOfScroll(element.scrollTop, now), scroll: element.scrollTop });
    };
    const onWheel = (event: WheelEvent) => {
      const { extent: now, place: old } = latest.current;
      // One notch must stay a few rows also where one pixel of the bar stands for many.
      if (!rows.isScaled(now) || event.ctrlKey) return;
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rows.ROW_PX : 1;
      setTop(old.top + event.deltaY * unit);
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      element.removeEventListener("scroll", onScroll);
      element.removeEventListener("wheel", onWheel);
    };
  }, [scroller, setTop]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each new selection
  useLayoutEffect(() => setTop(0), [pages]);

  const moveTo = useCallback(
    (next: (top: number, extent: rows.Extent) => number) => {
      const { extent: now, place: old } = latest.current;
      const top = next(old.top, now);
      if (top !== old.top) setTop(top);
    },
    [setTop],
  );
  return { extent, place, moveTo };
}
