// Where rows are on the screen. Chromium caps an element at 33,554,428 px, so above SCALE_ABOVE_ROWS the
// scroll bar stands for row numbers and not for pixels: `top` is the true offset in pixels of all rows,
// `scroll` the offset of the element, and the two differ only when scaled.

export const ROW_PX = 22;
export const SCALE_ABOVE_ROWS = 700_000;

export interface Extent {
  /** Height of all rows. */
  fullPx: number;
  /** Height the element really has. */
  heightPx: number;
  viewPx: number;
}

export function extentOf(total: number, viewPx: number): Extent {
  const fullPx = total * ROW_PX;
  return { fullPx, heightPx: Math.min(fullPx, SCALE_ABOVE_ROWS * ROW_PX), viewPx };
}

export function isScaled({ fullPx, heightPx }: Extent): boolean {
  return fullPx > heightPx;
}

const range = (sizePx: number, viewPx: number) => Math.max(0, sizePx - viewPx);

export function clampTop(top: number, extent: Extent): number {
  return Math.min(range(extent.fullPx, extent.viewPx), Math.max(0, top));
}

export function topOfScroll(scroll: number, extent: Extent): number {
  if (!isScaled(extent)) return clampTop(scroll, extent);
  const share = scroll / range(extent.heightPx, extent.viewPx);
  return clampTop(share * range(extent.fullPx, extent.viewPx), extent);
}

export function scrollOfTop(top: number, extent: Extent): number {
  if (!isScaled(extent)) return top;
  return (top / range(extent.fullPx, extent.viewPx)) * range(extent.heightPx, extent.viewPx);
}

export interface RowRange {
  first: number;
  /** Exclusive. */
  end: number;
}

export function visibleRows(top: number, extent: Extent, total: number, overscan: number): RowRange {
  const first = Math.max(0, Math.floor(top / ROW_PX) - overscan);
  const end = Math.min(total, Math.ceil((top + extent.viewPx) / ROW_PX) + overscan);
  return { first: Math.min(first, end), end };
}

/** The row's offset inside the element, given what is scrolled to. */
export function rowOffset(position: number, top: number, scroll: number): number {
  return scroll + position * ROW_PX - top;
}

/** The least move that shows the row: at an edge when it is near, in the middle when it is far. */
export function revealTop(position: number, top: number, extent: Extent): number {
  const rowTop = position * ROW_PX;
  const above = rowTop < top;
  const below = rowTop + ROW_PX > top + extent.viewPx;
  if (!above && !below) return top;
  const near = Math.abs(rowTop - top) < extent.viewPx * 2;
  if (!near) return clampTop(rowTop - extent.viewPx / 2, extent);
  return clampTop(above ? rowTop : rowTop + ROW_PX - extent.viewPx, extent);
}

/** Rows that fit without the last half-shown one: what PgUp and PgDn move by. */
export function pageRows(viewPx: number): number {
  return Math.max(1, Math.floor(viewPx / ROW_PX) - 1);
}
